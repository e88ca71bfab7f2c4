import * as z from 'zod';
import type { Policy } from '../../core/policy/policy.ts';
import { MODES } from '../../core/words.ts';
import { instant, problem, word } from '../values.ts';
import { cancelledRegionBuild } from './builds.ts';

/** The policy as the server understood it, every default filled in: durations in milliseconds, money in micro-dollars. */
const policy = z.custom<Policy>((value) => typeof value === 'object' && value !== null, 'expected an object');

/** Each key of a policy file and what it resolves to, in words. */
const meaning = z.array(z.object({ key: z.string(), words: z.string() }));
export type PolicyMeaning = z.infer<typeof meaning>;

/** `GET /policy`. Version 0: none was ever deployed, the defaults hold. */
export const policyAnswer = z.object({
  version: z.int(),
  text: z.string(),
  policy,
  meaning,
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
  reason: z.string().nullable(),
  warnings: z.array(problem),
});
export type PolicyAnswer = z.infer<typeof policyAnswer>;

/** A key whose meaning differs; `null` on the side where it is not there. */
export const policyChange = z.object({
  key: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type PolicyChangeAnswer = z.infer<typeof policyChange>;

/** `PUT /policy`. A check, or a text that is deployed already, applies nothing. */
export const changePolicyAnswer = z.object({
  applied: z.boolean(),
  /** The version deployed now. */
  version: z.int(),
  policy,
  meaning,
  changes: z.array(policyChange),
  warnings: z.array(problem),
});
export type ChangePolicyAnswer = z.infer<typeof changePolicyAnswer>;

/** `GET /policy/history`: newest first. */
export const policyHistoryAnswer = z.object({
  now: instant,
  zone: z.string(),
  versions: z.array(
    z.object({
      version: z.int(),
      changedAt: instant,
      changedBy: z.string(),
      reason: z.string(),
      /** In meaning, from the version before; of the first one, from the defaults. */
      changes: z.array(policyChange),
    }),
  ),
});
export type PolicyHistoryAnswer = z.infer<typeof policyHistoryAnswer>;

/** `POST /mode`. */
export const modeAnswer = z.object({
  /** `null`: for all. */
  template: z.string().nullable(),
  mode: word(MODES),
  previous: word(MODES),
  cancelled: z.array(cancelledRegionBuild),
});
export type ModeAnswer = z.infer<typeof modeAnswer>;
