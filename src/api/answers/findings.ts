import * as z from 'zod';
import { ARCHITECTURES, CONFIDENCES, SECURITY_LEVELS, UPDATE_TYPES } from '../../core/words.ts';
import { instant, word } from '../values.ts';

/** What one image of a base fixes relative to another, with everything that says so. */
export const findingsAnswer = z.object({
  type: word(UPDATE_TYPES),
  level: word(SECURITY_LEVELS),
  confidence: word(CONFIDENCES),
  /** `from`: `null` if it was not there before, or nobody says in which version. */
  packages: z.array(z.object({ name: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  advisories: z.array(
    z.object({
      id: z.string(),
      level: word(SECURITY_LEVELS),
      cves: z.array(z.string()),
      /** The changed packages that carry the fix. */
      packages: z.array(z.string()),
      /** `version` is certain, `date` an inference. */
      by: z.string(),
      published: instant.nullable(),
      url: z.string().nullable(),
    }),
  ),
  cves: z.array(z.string()),
  /** Those of them that are known to be exploited. */
  exploited: z.array(z.string()),
  /** Advisories that the newer image opens again. */
  reopened: z.array(z.string()),
  recalled: z.boolean(),
  changelogUrl: z.string().nullable(),
  /** What decided, and what is missing. */
  because: z.array(z.string()),
  /** Who was asked, and how that ended. */
  sources: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string() })),
});
export type FindingsAnswer = z.infer<typeof findingsAnswer>;

const comparedImage = z.object({
  /** `null`: it was never seen here, its name alone tells of it. */
  imageId: z.string().nullable(),
  name: z.string(),
  release: z.string(),
});

/** `GET /base-images/{base}/comparison`. */
export const comparisonAnswer = z.object({
  now: instant,
  zone: z.string(),
  base: z.string(),
  architecture: word(ARCHITECTURES),
  from: comparedImage,
  to: comparedImage,
  findings: findingsAnswer,
});
export type ComparisonAnswer = z.infer<typeof comparisonAnswer>;
