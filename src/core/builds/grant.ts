import type { Instant, MicroDollars } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, step } from './compose.ts';
import type { Grant, RegionBuild } from './regionBuild.ts';

/**
 * The only place where a turn, a slot and money are taken, in one transaction: `queued → granted`, base image
 * and fingerprint frozen, the slot item put if absent, every pot raised if it can pay, the attempt with its
 * reservation (design §3). The token is sent after it.
 */
export function grant(
  queued: RegionBuild,
  given: Omit<Grant, 'attempt' | 'at'>,
  limits: Readonly<Record<string, MicroDollars>>,
  now: Instant,
): { regionBuild: RegionBuild; writes: Write[] } {
  const attempt = queued.attempts + 1;
  const granted: Grant = { ...given, attempt, at: now };
  const { after, write } = step(queued, 'grant', { attempts: attempt, grant: granted });
  const { id, region } = queued;
  return {
    regionBuild: after,
    writes: [
      write,
      { kind: 'leave-queue', target: queued, regionBuild: id },
      { kind: 'enter-running', target: queued, regionBuild: id },
      { kind: 'take-slot', region, slot: given.slot, regionBuild: id, attempt },
      ...given.reservation.pots.map(
        (pot): Write => ({ kind: 'reserve', pot, amount: given.reservation.amount, limit: limitOf(limits, pot) }),
      ),
      {
        kind: 'attempt',
        after: {
          regionBuild: id,
          region,
          attempt,
          state: 'held',
          reservation: given.reservation,
          slot: given.slot,
          grantedAt: now,
        },
        expects: null,
      },
      explain(id, {
        at: now,
        rule: 'granted',
        because: `attempt ${attempt} on ${given.baseImageName} (${given.baseImageId}), slot ${given.slot} of ${region}, ${(given.reservation.amount / 1e6).toFixed(4)} dollars held in ${given.reservation.pots.join(' and ')}`,
      }),
    ],
  };
}

function limitOf(limits: Readonly<Record<string, MicroDollars>>, pot: string): MicroDollars {
  const limit = limits[pot];
  if (limit === undefined) throw new Error(`No limit given for pot ${pot}`);
  return limit;
}

/** `granted → running`: the execution that waited has verified its reservation. */
export function run(granted: RegionBuild, now: Instant): Write[] {
  const { write } = step(granted, 'run', { startedAt: granted.startedAt ?? now });
  return [write];
}
