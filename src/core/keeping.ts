import { DAY, MINUTE, type Milliseconds } from './words.ts';

/** How long one that began something done once is believed to be at it; after that it has died. */
export const ONCE_LEASE: Milliseconds = 2 * MINUTE;

/** How long is remembered what was done once: longer than any event is delivered again. */
export const ONCE_KEPT: Milliseconds = 14 * DAY;

/**
 * How long the package list of an AMI is kept: longer than an update of its base image is assessed again. The list of
 * an AMI that is active for longer is asked for again.
 */
export const PACKAGE_LIST_KEPT: Milliseconds = 90 * DAY;

/** How long is remembered what was announced; what is still so after that long is worth saying again. */
export const ANNOUNCEMENT_KEPT: Milliseconds = 400 * DAY;

/** How long is known how often templates were launched: longer than any policy may ask. */
export const LAUNCH_DAYS_KEPT: Milliseconds = 740 * DAY;

/** How long people can look back at what happened. */
export const ACTIVITY_KEPT: Milliseconds = 60 * DAY;
