import * as z from 'zod';
import { ACTIVITY_KINDS, ARCHITECTURES, MODES } from '../../core/words.ts';
import { instant, verdict, word } from '../values.ts';
import { scanAnswer } from './baseImages.ts';
import { regionBuildAnswer } from './builds.ts';

const place = z.object({
  region: z.string(),
  architecture: word(ARCHITECTURES),
  active: z
    .object({
      amiId: z.string(),
      baseRelease: z.string(),
      since: instant,
      /** Whether its SSM parameter was read back with this id. */
      published: z.boolean(),
    })
    .nullable(),
  /** The one that runs and the one that queues, as far as there are any. */
  open: z.array(regionBuildAnswer),
  /** The last failure, unless something succeeded after it. */
  lastFailure: z.object({ at: instant, reason: z.string() }).nullable(),
});
export type PlaceStatus = z.infer<typeof place>;

const template = z.object({
  slug: z.string(),
  /** Launched as often as the policy's threshold says: kept for that alone. */
  popular: z.boolean(),
  /** Why it is to have AMIs, in a sentence. */
  kept: z.string(),
  mode: word(MODES),
  disabled: verdict.nullable(),
  paused: verdict.nullable(),
  places: z.array(place),
});
export type TemplateStatus = z.infer<typeof template>;

/** `GET /status`. */
export const statusAnswer = z.object({
  now: instant,
  /** The policy's IANA zone: people think of its windows in it. */
  zone: z.string(),
  mode: word(MODES),
  scan: scanAnswer.nullable(),
  /** Kept templates: those that have an AMI or are to have one. */
  templates: z.array(template),
  /** Templates that are known but not kept. */
  otherTemplates: z.int(),
  /** Newest first, each a sentence. */
  activity: z.array(z.object({ at: instant, kind: word(ACTIVITY_KINDS), text: z.string() })),
  /** When everything open now will have ended; `null` if nothing is open or it cannot be said. */
  completesAt: instant.nullable(),
});
export type StatusAnswer = z.infer<typeof statusAnswer>;
