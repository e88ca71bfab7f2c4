import type { ExplainAnswer, ImagesAnswer } from '../../src/api/answers.ts';
import type { AssessedUpdate } from './follow/detection.ts';
import type { ReceivedNotice } from './mailbox.ts';

/** One step of an update, from its first place to its last, in milliseconds since the vendor published. */
export interface TimelineStep {
  readonly step: string;
  readonly first: number;
  readonly last: number;
}

export interface UpdateRecords {
  /** When the vendor had published everywhere, epoch milliseconds. */
  readonly publishedAt: number;
  readonly update: AssessedUpdate;
  readonly regionBuilds: ExplainAnswer['regionBuilds'];
  readonly images: ImagesAnswer['images'];
  readonly notices: readonly ReceivedNotice[];
}

/** How long each step took, by the system's own records; a step nothing is known of is left out. */
export function timelineOf({
  publishedAt,
  update,
  regionBuilds,
  images,
  notices,
}: UpdateRecords): TimelineStep[] {
  const ids = new Set(regionBuilds.map(({ id }) => id));
  const made = images.filter(({ regionBuild }) => ids.has(regionBuild));
  const steps: [step: string, instants: readonly (string | number | null | undefined)[]][] = [
    ['detected', update.observations.map(({ seenAt }) => seenAt)],
    ['assessed', [update.assessment.assessedAt]],
    ['queued', regionBuilds.map(({ requestedAt }) => requestedAt)],
    ['granted', regionBuilds.map(({ attemptHistory }) => attemptHistory.at(-1)?.grantedAt)],
    ['started', regionBuilds.map(({ startedAt }) => startedAt)],
    ['built, tested, recorded', regionBuilds.map(({ finishedAt }) => finishedAt)],
    ['published', made.map((image) => image.publishedAt)],
    ['notices sent', notices.map(({ at }) => at)],
  ];
  return steps.flatMap(([step, instants]) => {
    const times = instants
      .filter((instant) => instant != null)
      .map((instant) => (typeof instant === 'number' ? instant : Date.parse(instant)) - publishedAt);
    return times.length === 0 ? [] : [{ step, first: Math.min(...times), last: Math.max(...times) }];
  });
}

/** Money booked, by the pots it was booked against. */
export interface Booking {
  readonly pots: string;
  readonly regionBuilds: number;
  readonly cost: number;
}

/** What the attempts of region builds truly cost, in micro-dollars, and who paid. */
export function bookingsOf(regionBuilds: ExplainAnswer['regionBuilds']): Booking[] {
  const bookings = new Map<string, Booking>();
  for (const { attemptHistory } of regionBuilds)
    for (const { pots, cost } of attemptHistory) {
      const key = pots.join(' and ');
      const before = bookings.get(key) ?? { pots: key, regionBuilds: 0, cost: 0 };
      bookings.set(key, {
        ...before,
        regionBuilds: before.regionBuilds + 1,
        cost: before.cost + (cost ?? 0),
      });
    }
  return [...bookings.values()];
}
