import * as z from 'zod';
import { ARCHITECTURES } from '../../core/words.ts';
import { CLOSED_STATUSES, OPEN_STATUSES } from '../../core/builds/regionBuild.ts';
import { instant, word } from '../values.ts';
import { findingsAnswer } from './findings.ts';

/** A place where a kept template has an AMI, and whether that has the update. */
const place = z.object({
  region: z.string(),
  architecture: word(ARCHITECTURES),
  /** Of the active AMI. */
  amiId: z.string(),
  hasUpdate: z.boolean(),
  /** The region build that waits or runs for the update; `null`: none. */
  rebuild: z
    .object({
      id: z.string(),
      status: word([...OPEN_STATUSES, ...CLOSED_STATUSES]),
      approval: word(['not-needed', 'wanted', 'given']),
      /** `null` if it cannot be said, or it runs. */
      startsAt: instant.nullable(),
      endsAt: instant.nullable(),
    })
    .nullable(),
});

const update = z.object({
  base: z.string(),
  release: z.string(),
  firstSeenAt: instant,
  /** `null` while nobody has looked at what it fixes. */
  assessedAt: instant.nullable(),
  findings: findingsAnswer.nullable(),
  /** Kept templates that rest on the base image and have an AMI. */
  templates: z.array(z.object({ template: z.string(), places: z.array(place) })),
});
export type SecurityUpdateAnswer = z.infer<typeof update>;

/** `GET /security-status`: updates that an active AMI lacks, and those of the last 30 days; the worst first. */
export const securityStatusAnswer = z.object({
  now: instant,
  zone: z.string(),
  updates: z.array(update),
});
export type SecurityStatusAnswer = z.infer<typeof securityStatusAnswer>;
