import type { Instant, MicroDollars } from '../words.ts';

/** A pot's period so far, and what is known to come in it. */
export interface PotSoFar {
  readonly limit: MicroDollars;
  readonly settled: MicroDollars;
  /** Probable (not ceiling) costs of what runs now. */
  readonly running: MicroDollars;
  /** Probable costs of what is queued and can start before the period ends. */
  readonly queued: MicroDollars;
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
}

export interface PotForecast {
  /** What the pot will probably have paid at the end of its period, never more than its limit allows. */
  readonly total: MicroDollars;
  /** What will probably be wanted beyond the limit, and parked. */
  readonly short: MicroDollars;
  /** When it will probably be empty at the pace so far; `null`: not in this period. */
  readonly emptyAt: Instant | null;
}

/**
 * For the rest of the day or month: what is settled and runs, and then whatever is more, the queue as it stands or
 * the pace of the period so far. A pace is read only from the second tenth of the period on: before, a single build
 * would stand for the whole of it.
 */
export function forecastPot(pot: PotSoFar, now: Instant): PotForecast {
  const { limit, settled, running, queued, periodStart, periodEnd } = pot;
  const rest = Math.max(0, periodEnd - now);
  const elapsed = now - periodStart;
  const spent = settled + running;
  const pace = elapsed * 10 >= periodEnd - periodStart ? spent / elapsed : 0;
  const wanted = Math.ceil(spent + Math.max(queued, pace * rest));
  const untilEmpty = limit <= spent ? 0 : pace > 0 ? (limit - spent) / pace : Number.POSITIVE_INFINITY;
  return {
    total: Math.min(wanted, Math.max(limit, settled)),
    short: Math.max(0, wanted - limit),
    emptyAt: untilEmpty < rest ? Math.ceil(now + untilEmpty) : null,
  };
}
