import * as z from 'zod';
import { EVENTS, EVENT_SOURCE, HINTS } from '../core/events.ts';
import { parserOf } from './parse.ts';

const DETAIL_TYPES = [...Object.values(EVENTS), ...Object.values(HINTS)];
export type DetailType = (typeof DETAIL_TYPES)[number];

/** One of our own events as EventBridge delivers it. */
export interface OurEvent {
  /** EventBridge's id of the delivery; the same event twice has the same one. */
  readonly id: string;
  readonly detailType: DetailType;
  readonly detail: Readonly<Record<string, unknown>>;
}

const isDetailType = (text: string): text is DetailType => DETAIL_TYPES.some((known) => known === text);

const envelope = z.object({
  id: z.string(),
  source: z.literal(EVENT_SOURCE),
  'detail-type': z.custom<DetailType>(
    (text) => typeof text === 'string' && isDetailType(text),
    'none of our events',
  ),
  detail: z.looseObject({ version: z.literal('1') }),
});

export const parseOurEvent = parserOf<OurEvent>(
  'one of our events',
  envelope.transform(({ id, 'detail-type': detailType, detail }) => ({ id, detailType, detail })),
);

/**
 * A parser of what one consumer needs of our events.
 * @param what the event in words
 * @param detail shape of the part of `detail` that is needed
 */
export function detailOf<T>(what: string, detail: z.ZodType<T>): (event: unknown) => T {
  return parserOf(
    what,
    z.object({ source: z.literal(EVENT_SOURCE), detail }).transform((event) => event.detail),
  );
}

export const parseRegionBuildEvent = detailOf(
  'an event about a region build',
  z.object({ regionBuild: z.string().min(1) }),
);

export const parseUpdateEvent = detailOf(
  'an event about a base image update',
  z.object({ base: z.string().min(1), release: z.string().min(1) }),
);
