import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Ami, TargetState } from '../builds/target.ts';
import { by } from '../by.ts';
import { targetKey } from '../words.ts';

/** Why an AMI stays launchable whatever its age. */
export interface KeptBack {
  readonly rule: 'active' | 'previous' | 'keep-previous' | 'built-on';
  readonly because: string;
}

interface Around {
  readonly amis: readonly Ami[];
  readonly targets: readonly TargetState[];
  readonly open: readonly RegionBuild[];
  readonly keepPrevious: number;
}

/**
 * AMIs that are neither disabled nor deregistered, by id: the one a target stands on, the one that `rollback` returns
 * to, the newest `keep_previous` that were active before, and those that an open build is made on.
 */
export function keptBack({ amis, targets, open, keepPrevious }: Around): ReadonlyMap<string, KeptBack> {
  const newest = newestPrevious(amis, targets, keepPrevious).map(({ amiId }) =>
    keep(amiId, {
      rule: 'keep-previous',
      because: `it is one of the ${keepPrevious} before the active one that are kept (retention.keep_previous)`,
    }),
  );
  const builtOn = open.flatMap(({ grant, id }) =>
    grant === undefined
      ? []
      : [keep(grant.baseImageId, { rule: 'built-on', because: `${id} is built on it` })],
  );
  const stands = targets.flatMap(({ active, previous }) => [
    ...(previous === undefined
      ? []
      : [keep(previous.amiId, { rule: 'previous', because: 'it is the one that rollback returns to' })]),
    ...(active === undefined
      ? []
      : [keep(active.amiId, { rule: 'active', because: 'it is the active one' })]),
  ]);
  return new Map([...newest, ...builtOn, ...stands]);
}

function keep(amiId: string, why: KeptBack): readonly [string, KeptBack] {
  return [amiId, why];
}

/** One that was never promoted, or that people took out of use, is nothing to go back to. */
function newestPrevious(
  amis: readonly Ami[],
  targets: readonly TargetState[],
  count: number,
): readonly Ami[] {
  const rolledBack = new Set(targets.map(({ rolledBack }) => rolledBack?.amiId));
  const before = amis.filter(
    ({ amiId, promotedAt, rolledBackAt, state }) =>
      promotedAt !== undefined &&
      (state === 'superseded' || state === 'deprecated') &&
      rolledBackAt === undefined &&
      // Of those that were rolled back before an AMI said so itself, the last one is known.
      !rolledBack.has(amiId),
  );
  const taken = new Map<string, number>();
  return before
    .sort(
      by(
        ({ promotedAt = 0 }) => -promotedAt,
        ({ amiId }) => amiId,
      ),
    )
    .filter((ami) => {
      const rank = (taken.get(targetKey(ami)) ?? 0) + 1;
      taken.set(targetKey(ami), rank);
      return rank <= count;
    });
}
