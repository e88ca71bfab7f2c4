import { dollars } from '../money/dollars.ts';
import type { Holding } from '../money/pot.ts';
import type { Instant, MicroDollars } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, step } from './compose.ts';
import type { Grant, RegionBuild } from './regionBuild.ts';

/** What the plan gives a region build: everything of its grant but what the grant itself settles. */
export interface Given extends Omit<Grant, 'attempt' | 'at' | 'reservation' | 'askedAgain'> {
  /** The ceiling. */
  readonly amount: MicroDollars;
  /** What each pot holds of it, with the limit that must be kept. */
  readonly holdings: readonly Holding[];
}

/**
 * The only place where a turn, a slot and money are taken, in one transaction: `queued → granted`, base image
 * and fingerprint frozen, the slot item put if absent, every pot raised if it can pay, the attempt with its
 * reservation (design §3). The token is sent after it.
 */
export function grant(
  queued: RegionBuild,
  { amount, holdings, ...frozen }: Given,
  now: Instant,
): { regionBuild: RegionBuild; writes: Write[] } {
  const attempt = queued.attempts + 1;
  const reservation = {
    amount,
    pot: queued.pot,
    holdings: holdings.map(({ key, amount: held, share }) => ({ key, amount: held, share })),
  };
  const granted: Grant = { ...frozen, attempt, at: now, reservation };
  const { after, write } = step(queued, 'grant', { attempts: attempt, grant: granted });
  const { id, region } = queued;
  const { slot } = frozen;
  return {
    regionBuild: after,
    writes: [
      write,
      { kind: 'leave-queue', target: queued, regionBuild: id },
      { kind: 'enter-running', target: queued, regionBuild: id },
      { kind: 'take-slot', region, slot, regionBuild: id, attempt },
      ...holdings.map((holding): Write => ({
        kind: 'reserve',
        pot: holding.key,
        amount: holding.amount,
        limit: holding.limit,
      })),
      {
        kind: 'attempt',
        after: { regionBuild: id, region, attempt, state: 'held', reservation, slot, grantedAt: now },
        expects: null,
      },
      explain(id, {
        at: now,
        rule: 'granted',
        because: `attempt ${attempt} on ${frozen.baseImageName} (${frozen.baseImageId}), slot ${slot} of ${region}, ${dollars(amount)} held in ${holdings.map(({ key }) => key).join(' and ')}`,
      }),
    ],
  };
}

/** `granted → running`: the execution that waited has verified its reservation. */
export function run(granted: RegionBuild, now: Instant): Write[] {
  const { write } = step(granted, 'run', { startedAt: granted.startedAt ?? now });
  return [write];
}
