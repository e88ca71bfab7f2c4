import { MICRO_DOLLARS_PER_DOLLAR, type MicroDollars } from '../words.ts';

/** `$62.50`; small amounts to a hundredth of a cent (`$0.0312`), rounded up so that no cost reads as nothing. */
export function dollars(amount: MicroDollars): string {
  if (amount < 0) return `-${dollars(-amount)}`;
  const digits = amount >= MICRO_DOLLARS_PER_DOLLAR || amount % 10_000 === 0 ? 2 : 4;
  const unit = MICRO_DOLLARS_PER_DOLLAR / 10 ** digits;
  return `$${(Math.ceil(amount / unit) / 10 ** digits).toFixed(digits)}`;
}
