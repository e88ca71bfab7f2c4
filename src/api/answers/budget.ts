import * as z from 'zod';
import { instant, microDollars } from '../values.ts';
import { target } from './builds.ts';

const pot = z.object({
  /** `daily#2026-11-24`, `monthly#2026-11`, `urgent#2026-11`, `grant:nsf-123`. */
  key: z.string(),
  limit: microDollars,
  /** True costs so far, overruns among them. */
  settled: microDollars,
  /** Ceilings of what runs. */
  reserved: microDollars,
  /** What may still be reserved; below zero after an overrun. */
  left: microDollars,
  /** How much of what was settled lay above its ceilings. */
  overrun: microDollars,
  startsAt: instant,
  endsAt: instant,
  /** Whom to tell, of a grant. */
  owner: z.string().nullable(),
  forecast: z.object({
    /** What it will probably have paid at the end of its time. */
    total: microDollars,
    /** What will probably be wanted beyond its limit, and parked. */
    short: microDollars,
    /** When it will probably be empty at the pace so far; `null`: not in its time. */
    emptyAt: instant.nullable(),
  }),
});
export type PotAnswer = z.infer<typeof pot>;

const reservation = target.extend({
  regionBuild: z.string(),
  attempt: z.int(),
  since: instant,
  amount: microDollars,
  pots: z.array(z.object({ key: z.string(), amount: microDollars })),
});
export type ReservationAnswer = z.infer<typeof reservation>;

const parked = target.extend({
  regionBuild: z.string(),
  /** Its ceiling. */
  amount: microDollars,
  because: z.string(),
  /** When it can run; `null`: when somebody raises a limit or renews a grant. */
  until: instant.nullable(),
});
export type ParkedAnswer = z.infer<typeof parked>;

/** `GET /budget`. */
export const budgetAnswer = z.object({
  now: instant,
  zone: z.string(),
  pots: z.array(pot),
  /** What runs, each with the money held for it. */
  reservations: z.array(reservation),
  /** What no pot can pay now. */
  parked: z.array(parked),
  /** What keeping the images costs in a month: an estimate, and paid from no pot. */
  keeping: z.object({ images: z.int(), monthly: microDollars.nullable() }),
  /** Rebuilds that dormancy spares as things are, with their probable cost; `plan` names them. */
  dormant: z.object({ builds: z.int(), saves: microDollars.nullable() }),
});
export type BudgetAnswer = z.infer<typeof budgetAnswer>;
