import { by } from '../by.ts';
import { inCommits } from '../oneCommit.ts';
import { type Instant, targetKey } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, without } from './compose.ts';
import { activated, superseded } from './superseded.ts';
import { waitsForPerson } from './promotionDue.ts';
import type { Ami, AmiState, TargetState } from './target.ts';

export type Rollback =
  | {
      readonly kind: 'rollback';
      readonly to: Ami;
      readonly left: string;
      readonly writes: Write[];
      /** What one commit has no room for: commits to be made when the first is. */
      readonly afterwards: readonly Write[][];
    }
  | { readonly kind: 'nothing'; readonly because: string };

/** A disabled AMI cannot be launched, a deregistered one is gone. */
const USABLE: readonly AmiState[] = ['superseded', 'deprecated'];

/**
 * Points a target back to the AMI it had before, and blocks the one it leaves (design §5): the loop does not make that
 * image again, nor is it promoted again, until somebody builds it by hand. Candidates that were to replace it replace
 * the one that is back, those of the very same image when a person promotes them. Once only: who rolls back twice finds
 * nothing before.
 * @param amis of the template
 */
export function rollback(target: TargetState, amis: readonly Ami[], because: string, now: Instant): Rollback {
  const { active, previous } = target;
  if (active === undefined) return { kind: 'nothing', because: 'no AMI is active' };
  if (previous === undefined) return { kind: 'nothing', because: `there is no AMI before ${active.amiId}` };
  const left = amis.find(({ amiId }) => amiId === active.amiId);
  const to = amis.find(({ amiId }) => amiId === previous.amiId);
  if (left?.state !== 'active' || to === undefined || !USABLE.includes(to.state))
    return { kind: 'nothing', because: `${previous.amiId}, the one before, is ${to?.state ?? 'gone'}` };
  const { amiId, fingerprint } = active;
  const after = activated(to, now);
  const rolledBack = { amiId, fingerprint, at: now, because };
  const changes: Write[] = [
    {
      kind: 'target',
      after: {
        ...without(target, 'previous'),
        revision: target.revision + 1,
        active: { ...previous, at: now },
        rolledBack,
      },
      expects: target.revision,
    },
    { kind: 'ami', after, expects: to.state, pending: 'publish' },
    { kind: 'ami', after: { ...superseded(left, now), rolledBackAt: now }, expects: 'active' },
  ];
  const story = explain(left.regionBuild, {
    at: now,
    rule: 'rolled-back',
    because: `${amiId} gave way to ${to.amiId} again, ${because}`,
  });
  const candidates = amis
    .filter((ami) => ami.state === 'candidate' && ami.replaces === amiId && sameTarget(ami, target))
    .sort(by(({ createdAt }) => -createdAt))
    .map((candidate): Write[] => [
      { kind: 'ami', after: { ...candidate, replaces: to.amiId }, expects: 'candidate', pending: 'publish' },
      ...(candidate.fingerprint === fingerprint
        ? [explain(candidate.regionBuild, waitsForPerson(candidate, rolledBack))]
        : []),
    ]);
  const [beside = [], ...afterwards] = inCommits(candidates, [...changes, story]);
  return { kind: 'rollback', to: after, left: amiId, writes: [...changes, ...beside, story], afterwards };
}

function sameTarget(ami: Ami, target: TargetState): boolean {
  return targetKey(ami) === targetKey(target);
}
