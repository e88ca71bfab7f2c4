import { mergeReasons, newReasons } from '../decide/mergeReasons.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant, MicroDollars } from '../words.ts';
import type { Write } from '../writes.ts';
import { without } from './compose.ts';
import { mergeInto } from './enqueue.ts';
import type { StillHeld } from './endAttempt.ts';
import { cancel } from './finish.ts';
import type { RegionBuild } from './regionBuild.ts';

/**
 * A region build that would go back to its queue, but a newer one of its target waits there already: it ends, and
 * everything it was wanted for joins the newer one, which builds on what is newest then. Nothing that was urgent
 * about it is lost; a backoff goes on.
 */
export function supersede(
  before: RegionBuild,
  queued: RegionBuild,
  ended: { readonly because: string; readonly cost: MicroDollars; readonly notBefore?: Instant },
  policy: Pick<Policy, 'treatUnknownAs'>,
  now: Instant,
  held?: StillHeld,
): Write[] {
  const because = `${ended.because}: ${queued.id} waits for the same target and takes over`;
  const notBefore = Math.max(queued.notBefore ?? 0, ended.notBefore ?? 0);
  const merged = {
    ...(mergeReasons(queued, before, policy) ?? queued),
    ...(notBefore === 0 ? {} : { notBefore }),
  };
  const added = newReasons(queued.reasons, before.reasons);
  return [
    ...cancel(before, because, ended.cost, now, held),
    // Who asked for the one that ended waits for the other now: it joins their build.
    ...mergeInto(without(queued, 'maxCost'), merged, added.length === 0 ? before.reasons : added, {
      id: before.build,
      because: `taken over from ${before.id}`,
    }),
  ];
}
