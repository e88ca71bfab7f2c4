import type { AmiUse } from '../../core/images/amiUse.ts';
import type { LeavingAmi } from '../../core/images/retire.ts';
import type { KeptBack } from '../../core/images/keptBack.ts';
import { needsPlace, placeOfToday, undone, unfinished } from '../../core/images/unfinished.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Instant } from '../../core/words.ts';
import type { Services } from '../../ports.ts';

/** An AMI that a run before this one has left, EC2 untold, and what is known of it now. */
export interface Marked {
  readonly ami: LeavingAmi;
  readonly use: AmiUse | undefined;
  readonly kept: KeptBack | undefined;
}

/**
 * Does what an earlier run has left undone, unless it is not to be done any more; a deregistration has a place in the
 * removals of this day before EC2 is told.
 */
export async function finishMarked(
  { ami, use, kept }: Marked,
  policy: Policy,
  now: Instant,
  finish: (ami: LeavingAmi) => Promise<void>,
  { commits, amiLifecycle }: Pick<Services, 'commits' | 'amiLifecycle'>,
): Promise<void> {
  const then = unfinished(use, kept, ami);
  if (then === 'wait') return;
  if (then === 'undo' && (await isUntold(ami, amiLifecycle))) {
    await commits.commit(undone(ami, use, now));
    return;
  }
  if (!needsPlace(ami, policy.zone, now)) {
    await finish(ami);
    return;
  }
  const { after, writes } = placeOfToday(ami, policy, now);
  const { committed } = await commits.commit(writes);
  if (committed) await finish(after);
}

/** What EC2 has done already is not called undone: it only lacks its end. One that is gone nobody is said to use. */
async function isUntold(
  { state, region, amiId }: LeavingAmi,
  amiLifecycle: Pick<Services['amiLifecycle'], 'isLaunchable'>,
): Promise<boolean> {
  return state !== 'disabled' || (await amiLifecycle.isLaunchable(region, amiId));
}
