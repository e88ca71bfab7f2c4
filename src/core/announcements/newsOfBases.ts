import { basesOf } from '../base-images/basesOf.ts';
import { endOfLife } from '../base-images/endOfLife.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../words.ts';
import { ending, type EndOfLifeAnnouncement } from './announcement.ts';

/**
 * The base images whose end of life is to be warned of now, each with the nearest warning that is due: told at every
 * look, and announced at the first (see `Announcement`). After the end there is nothing to announce: it is shown.
 */
export function newsOfBases(
  policy: Pick<Policy, 'baseImages' | 'endOfLifeWarnings'>,
  now: Instant,
): EndOfLifeAnnouncement[] {
  return [...basesOf(policy).values()].flatMap((base) => {
    const end = endOfLife(base, policy, now);
    if (end.state !== 'ending') return [];
    const { on, daysLeft, warning } = end;
    return [ending({ at: now, base: base.name, on, daysLeft }, warning)];
  });
}
