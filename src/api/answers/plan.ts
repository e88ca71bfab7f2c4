import * as z from 'zod';
import { REMOVAL_STEPS } from '../../core/images/wayOut.ts';
import { MODES } from '../../core/words.ts';
import { instant, microDollars, word } from '../values.ts';
import { regionBuildAnswer, target } from './builds.ts';

export const PLAN_DECISIONS = ['running', 'granted', 'waiting', 'parked', 'held', 'refused'] as const;

/** Costs as far as is known; `null` where nobody knows a price. */
const costs = z
  .object({
    /** Probable cost of making it. */
    expected: microDollars,
    /** The most it can cost: what its reservation holds. */
    ceiling: microDollars,
    /** What keeping the image costs in a month: shown, and paid from no pot. */
    monthly: microDollars,
  })
  .nullable();

const plannedBuild = regionBuildAnswer.extend({
  decision: word(PLAN_DECISIONS),
  /** False: it is not in the queue; the next look at what is missing asks for it. */
  asked: z.boolean(),
  estimate: costs,
  /** Keys of the pots that pay, or would pay if it started when it is planned to. */
  pots: z.array(z.string()),
});
export type PlannedBuild = z.infer<typeof plannedBuild>;

const plannedPromotion = target.extend({
  amiId: z.string(),
  /** The AMI it takes over from. */
  replaces: z.string().nullable(),
  /** When it is promoted; `null`: when somebody does. */
  at: instant.nullable(),
  because: z.string(),
});
export type PlannedPromotion = z.infer<typeof plannedPromotion>;

/** The next step of an AMI that gave way to another, on its way out. */
const plannedRemoval = target.extend({
  amiId: z.string(),
  step: word(REMOVAL_STEPS),
  /** The next daily look takes it, unless somebody uses the AMI then. */
  due: z.boolean(),
  /** When it may be taken; `null`: not as long as what holds it back lasts. */
  at: instant.nullable(),
  because: z.string(),
});
export type PlannedRemoval = z.infer<typeof plannedRemoval>;

/** `GET /plan`: what would be done next if the mode were `act` wherever it is `stopped` or `observe`. */
export const planAnswer = z.object({
  now: instant,
  zone: z.string(),
  mode: word(MODES),
  /** What is open or missing altogether; `builds` may hold fewer. */
  total: z.int(),
  /** Of all of it that is not refused. */
  estimate: costs,
  builds: z.array(plannedBuild),
  /** Where an image could be newer and nothing is asked for, by template or place. */
  notAsked: z.array(
    z.object({
      subject: z.string(),
      rule: z.string(),
      because: z.string(),
      /** Where dormancy spares a build: its probable cost; `null` where nobody knows the price. */
      saves: microDollars.nullable().optional(),
    }),
  ),
  promotions: z.array(plannedPromotion),
  /** What is due first, then by time; `totalRemovals` are all there are. */
  removals: z.array(plannedRemoval),
  totalRemovals: z.int(),
  /** The next moment at which time alone can change any of it. */
  nextChange: z.object({ at: instant, regionBuild: z.string(), because: z.string() }).nullable(),
});
export type PlanAnswer = z.infer<typeof planAnswer>;
