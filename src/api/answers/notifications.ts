import * as z from 'zod';
import { ARCHITECTURES, SECURITY_LEVELS, TRIGGERS, UPDATE_TYPES } from '../../core/words.ts';
import { instant, word } from '../values.ts';

/** What `--type` takes. */
export const NOTIFICATION_TYPES = ['ami-updates'] as const;

export const NOTIFICATION_KINDS = ['base-image-updated', 'build-succeeded', 'build-failed'] as const;

/** A base image that moved, or a build that has ended. */
const notification = z.object({
  kind: word(NOTIFICATION_KINDS),
  at: instant,
  /** Kept templates that stand on the base image, or the one that was built. */
  templates: z.array(z.string()),
  /** Of an update; `null` otherwise. */
  update: z
    .object({
      base: z.string(),
      release: z.string(),
      /** `null` while nobody has looked at what it fixes. */
      type: word(UPDATE_TYPES).nullable(),
      level: word(SECURITY_LEVELS).nullable(),
      /** Region builds for it that wait or run. */
      open: z.int(),
      /** When the first of those that wait starts; `null` if it cannot be said or none waits. */
      startsAt: instant.nullable(),
    })
    .nullable(),
  /** Of a build that has ended; `null` otherwise. */
  build: z
    .object({
      id: z.string(),
      triggers: z.array(word(TRIGGERS)),
      because: z.string(),
      images: z.array(z.object({ region: z.string(), architecture: word(ARCHITECTURES), amiId: z.string() })),
      /** Why it failed where it did. */
      failures: z.array(
        z.object({ region: z.string(), architecture: word(ARCHITECTURES), reason: z.string() }),
      ),
    })
    .nullable(),
});
export type NotificationAnswer = z.infer<typeof notification>;

/** `GET /notifications`: newest first. */
export const notificationsAnswer = z.object({
  now: instant,
  zone: z.string(),
  notifications: z.array(notification),
});
export type NotificationsAnswer = z.infer<typeof notificationsAnswer>;
