import * as z from 'zod';
import { ARCHITECTURES, CONFIDENCES, SECURITY_LEVELS, UPDATE_TYPES } from '../../core/words.ts';
import { instant, word } from '../values.ts';

/** The last look at every base image. */
export const scanAnswer = z.object({
  at: instant,
  succeeded: z.boolean(),
  /** What failed; the others were still looked at. */
  problems: z.array(z.object({ base: z.string(), region: z.string(), problem: z.string() })),
});
export type ScanAnswer = z.infer<typeof scanAnswer>;

const place = z.object({
  region: z.string(),
  architecture: word(ARCHITECTURES),
  imageId: z.string(),
  imageName: z.string(),
  release: z.string(),
  /** When we first saw this image there. */
  since: instant,
});

export const assessmentAnswer = z.object({
  type: word(UPDATE_TYPES),
  level: word(SECURITY_LEVELS),
  confidence: word(CONFIDENCES),
  assessedAt: instant,
  advisories: z.array(z.string()),
  cves: z.array(z.string()),
  packages: z.array(z.object({ name: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  changelogUrl: z.string().nullable(),
  sources: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string() })),
});
export type AssessmentAnswer = z.infer<typeof assessmentAnswer>;

/** A tracked base image, where it stands, and who builds on it. */
export const baseImageSummary = z.object({
  name: z.string(),
  title: z.string(),
  family: z.string(),
  /** Where its newest image id is found, in words. */
  source: z.string(),
  /** Last day with security updates, `YYYY-MM-DD`. */
  endOfLife: z.string().nullable(),
  /** Templates built on it, kept or not. */
  templates: z.array(z.string()),
  places: z.array(place),
  lastUpdate: z
    .object({
      release: z.string(),
      firstSeenAt: instant,
      type: word(UPDATE_TYPES).nullable(),
      level: word(SECURITY_LEVELS).nullable(),
    })
    .nullable(),
});
export type BaseImageSummary = z.infer<typeof baseImageSummary>;

/** `GET /base-images`. */
export const baseImagesAnswer = z.object({
  now: instant,
  zone: z.string(),
  scan: scanAnswer.nullable(),
  baseImages: z.array(baseImageSummary),
});
export type BaseImagesAnswer = z.infer<typeof baseImagesAnswer>;

export const updateAnswer = z.object({
  release: z.string(),
  firstSeenAt: instant,
  observations: z.array(
    z.object({
      region: z.string(),
      architecture: word(ARCHITECTURES),
      previousImageId: z.string(),
      previousRelease: z.string(),
      imageId: z.string(),
      imageName: z.string(),
      seenAt: instant,
    }),
  ),
  /** `null` until someone has looked at what it fixes. */
  assessment: assessmentAnswer.nullable(),
});
export type UpdateAnswer = z.infer<typeof updateAnswer>;

/** `GET /base-images/{base}`: with its history, newest first. */
export const baseImageAnswer = z.object({
  now: instant,
  zone: z.string(),
  baseImage: baseImageSummary,
  updates: z.array(updateAnswer),
});
export type BaseImageAnswer = z.infer<typeof baseImageAnswer>;

/** `POST /scan`: it runs on its own; `last` is the one before. */
export const scanStartedAnswer = z.object({ started: z.boolean(), last: scanAnswer.nullable() });
export type ScanStartedAnswer = z.infer<typeof scanStartedAnswer>;
