import type { MicroDollars } from '../words.ts';

/** One budget in one period, as the ledger holds it. A pot that was never used is absent and counts as empty zeros. */
export interface PotBalance {
  /** `monthly#2026-11`, `daily#2026-11-24`, `urgent#2026-11`, `grant:nsf-123`. */
  readonly key: string;
  readonly reserved: MicroDollars;
  /** True costs, overruns among them. */
  readonly settled: MicroDollars;
  /** How much of `settled` lay above its ceilings: announced, and counted once. */
  readonly overrun: MicroDollars;
}

/** What one reservation holds in one pot, for as long as it lives. */
export interface Held {
  readonly key: string;
  readonly amount: MicroDollars;
  /** Basis points of the cost that are booked here: the whole, or a grant's share. */
  readonly share: number;
}

/** What one reservation takes from one pot, and the limit its transaction must keep. */
export interface Holding extends Held {
  readonly limit: MicroDollars;
}

/** What may still be reserved; below zero after an overrun. Invariant: reserved + settled + amount ≤ limit. */
export function leftIn(balance: PotBalance | undefined, limit: MicroDollars): MicroDollars {
  return balance === undefined ? limit : limit - balance.reserved - balance.settled;
}
