import * as z from 'zod';
import { ARCHITECTURES, SECURITY_LEVELS } from '../../core/words.ts';
import { CLOSED_STATUSES, OPEN_STATUSES } from '../../core/builds/regionBuild.ts';
import { instant, word } from '../values.ts';
import { findingsAnswer } from './findings.ts';

/** The region build that waits or runs; `null`: none. */
const rebuild = z
  .object({
    id: z.string(),
    status: word([...OPEN_STATUSES, ...CLOSED_STATUSES]),
    approval: word(['not-needed', 'wanted', 'given']),
    /** `null` if it cannot be said, or it runs. */
    startsAt: instant.nullable(),
    endsAt: instant.nullable(),
  })
  .nullable();
export type RebuildAnswer = z.infer<typeof rebuild>;

/** A place where a kept template has an AMI, and whether that has the update. */
const place = z.object({
  region: z.string(),
  architecture: word(ARCHITECTURES),
  /** Of the active AMI. */
  amiId: z.string(),
  hasUpdate: z.boolean(),
  /** For the update. */
  rebuild,
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

/** An advisory that is open in an AMI's packages although it is fixed by now. */
const openAdvisory = z.object({
  id: z.string(),
  level: word(SECURITY_LEVELS),
  cves: z.array(z.string()),
  /** Those of them that are known to be exploited. */
  exploited: z.array(z.string()),
  packages: z.array(z.object({ name: z.string(), installed: z.string(), fixed: z.string() })),
  published: instant.nullable(),
  url: z.string().nullable(),
  /** When a rebuild was asked for because of it, here; `null`: it is no reason for one. */
  askedAt: instant.nullable(),
  /** It was open in an earlier AMI too: the rebuild that was asked for did not close it. */
  outlived: z.boolean(),
});

/** What the daily check found open in the packages of an active AMI. */
const packageHoles = z.object({
  template: z.string(),
  region: z.string(),
  architecture: word(ARCHITECTURES),
  amiId: z.string(),
  /** The most urgent of the advisories. */
  level: word(SECURITY_LEVELS),
  checkedAt: instant,
  /** Most urgent first; the record of the check holds no more than these. */
  advisories: z.array(openAdvisory),
  /** How many more there are. */
  more: z.number(),
  rebuild,
});
export type PackageHolesAnswer = z.infer<typeof packageHoles>;

/**
 * `GET /security-status`: updates that an active AMI lacks, and those of the last 30 days; and what is open in the
 * packages of active AMIs. The worst first.
 */
export const securityStatusAnswer = z.object({
  now: instant,
  zone: z.string(),
  updates: z.array(update),
  packages: z.array(packageHoles),
});
export type SecurityStatusAnswer = z.infer<typeof securityStatusAnswer>;
