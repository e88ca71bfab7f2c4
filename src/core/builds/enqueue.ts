import { targetKey } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, rewrite } from './compose.ts';
import { regionBuildId, type Reason, type RegionBuild } from './regionBuild.ts';
import type { TargetState } from './target.ts';

/** What a person or a rule asked for together: the name they will see. */
export interface BuildCause {
  readonly id: string;
  readonly because: string;
}

/** The wish for one region build, before it has a name and a place in the queue. */
export type RegionBuildWish = Pick<
  RegionBuild,
  | 'template'
  | 'region'
  | 'architecture'
  | 'requestedAt'
  | 'triggers'
  | 'reasons'
  | 'level'
  | 'urgency'
  | 'priority'
  | 'pot'
  | 'deadlineBinds'
  | 'immediate'
  | 'forced'
  | 'approval'
> &
  Partial<Pick<RegionBuild, 'deadline' | 'deadlineOf' | 'maxCost' | 'policyVersion'>>;

/**
 * A new region build in the queue. Its number is the target's next one, taken conditionally: of two that ask
 * at once, or of one that acts on what it read long ago, only one is committed.
 */
export function enqueue(
  wish: RegionBuildWish,
  target: { readonly state: TargetState; readonly stored: boolean },
  cause: BuildCause,
): { regionBuild: RegionBuild; writes: Write[] } {
  const sequence = target.state.sequence + 1;
  const regionBuild: RegionBuild = {
    ...wish,
    id: regionBuildId(wish, sequence),
    sequence,
    build: cause.id,
    status: 'queued',
    revision: 1,
    attempts: 0,
    executionNumber: 1,
    cost: 0,
  };
  return {
    regionBuild,
    writes: [
      { kind: 'region-build', after: regionBuild, expects: null },
      { kind: 'enter-queue', target: regionBuild, regionBuild: regionBuild.id },
      {
        kind: 'target',
        after: { ...target.state, sequence, revision: target.state.revision + 1 },
        expects: target.stored ? target.state.revision : null,
      },
      member(regionBuild, cause),
      explain(regionBuild.id, {
        at: wish.requestedAt,
        rule: 'requested',
        because: `${targetKey(wish)} asked for: ${becauseOf(wish.reasons)}`,
      }),
    ],
  };
}

/** Coalescing: new reasons for a region build that still waits (`merged` comes from the decision core). */
export function mergeInto(
  queued: RegionBuild,
  merged: Partial<RegionBuild>,
  added: readonly Reason[],
  cause: BuildCause,
): Write[] {
  const { after, write } = rewrite(queued, merged);
  return [write, ...join(after, added, cause)];
}

/** Who asks for what is being built already waits for that one: nothing of it changes. */
export function join(joined: RegionBuild, added: readonly Reason[], cause: BuildCause): Write[] {
  const at = added.at(-1)?.at ?? joined.requestedAt;
  return [
    member({ ...joined, requestedAt: at }, cause),
    explain(joined.id, { at, rule: 'coalesced', because: `joined by: ${becauseOf(added)}` }),
  ];
}

function member(
  { id, template, requestedAt }: Pick<RegionBuild, 'id' | 'template' | 'requestedAt'>,
  cause: BuildCause,
): Write {
  return {
    kind: 'build-member',
    build: cause.id,
    template,
    because: cause.because,
    requestedAt,
    regionBuild: id,
  };
}

function becauseOf(reasons: readonly Reason[]): string {
  return reasons.map((reason) => reason.because).join('; ');
}
