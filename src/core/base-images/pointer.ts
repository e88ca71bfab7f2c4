import type { Assessment, Verdict } from '../evidence/assessment.ts';
import type { Architecture, Instant, Place } from '../words.ts';

/** What a tracked base image points at in one place. */
export interface BaseImagePointer extends Place {
  readonly base: string;
  readonly imageId: string;
  readonly imageName: string;
  readonly release: string;
  /** `Version` of the SSM parameter it was read from, where a parameter is the source. */
  readonly parameterVersion?: number;
  /** Its name, and when that version was written: pointers stored by older versions of this system have neither. */
  readonly parameter?: string;
  readonly parameterModifiedAt?: Instant;
  /** When we first saw this image here. */
  readonly since: Instant;
  /** The AMI's own creation date, for the minimum age rule. */
  readonly imageCreatedAt?: Instant;
}

/** What a source answered for one base image in one place. */
export interface BaseImageSighting extends Place {
  readonly base: string;
  readonly imageId: string;
  readonly imageName: string;
  readonly release: string;
  readonly parameterVersion?: number;
  readonly parameter?: string;
  readonly parameterModifiedAt?: Instant;
  readonly imageCreatedAt?: Instant;
}

/** One place that got the new image; upstream reaches regions hours apart. */
export interface Observation extends Place {
  readonly base: string;
  readonly release: string;
  readonly previousImageId: string;
  readonly previousImageName: string;
  readonly previousRelease: string;
  readonly imageId: string;
  readonly imageName: string;
  /** The AMIs' own creation dates, where the source told them: they date images whose names do not. */
  readonly previousImageCreatedAt?: Instant;
  readonly imageCreatedAt?: Instant;
  readonly seenAt: Instant;
}

/** What was found of one step of an update, and when. */
export interface StepVerdict extends Verdict {
  readonly at: Instant;
}

/** An update's assessment, and when it was made. */
export interface DatedAssessment extends Assessment {
  /** When it was changed last; it rises with every change, so that it tells one state of it from the next. */
  readonly assessedAt: Instant;
  /** The steps it has seen, as `stepKey` names them: places that follow later may have come from elsewhere. */
  readonly compared: readonly string[];
  /** What was found of each of them. Older versions of this system kept none. */
  readonly verdicts?: Readonly<Record<string, StepVerdict>>;
}

/** One change of a base image, keyed by base and release name (design §2). */
export interface BaseImageUpdate {
  readonly base: string;
  readonly release: string;
  readonly firstSeenAt: Instant;
  readonly observations: readonly Observation[];
  readonly assessment?: DatedAssessment;
}

export interface BasePlace {
  readonly base: string;
  readonly region: string;
  readonly architecture: Architecture;
}

/** `amazon-linux-2023/us-east-1/x86_64`. */
export function pointerKey({ base, region, architecture }: BasePlace): string {
  return `${base}/${region}/${architecture}`;
}
