import type { DomainEvent } from '../core/events.ts';
import type { Events } from '../ports.ts';
import { faultQueue, type NextFaults } from './nextFaults.ts';

export interface MemoryEvents extends Events, NextFaults {
  /** Everything the bus took, in order. */
  readonly published: readonly DomainEvent[];
  /** The bus does not take events of this kind, until it is told otherwise (`undefined`). */
  refuse(detailType: DomainEvent['detailType'] | undefined): void;
  /** What was published since the last time, for a test that plays the rules. */
  drain(): DomainEvent[];
}

/** The bus in memory. `failNext` is for whole calls. */
export function memoryEvents(): MemoryEvents {
  const published: DomainEvent[] = [];
  const faults = faultQueue();
  let refused: string | undefined;
  let drained = 0;
  return {
    published,
    failNext: faults.failNext,
    refuse: (detailType) => void (refused = detailType),
    drain() {
      const news = published.slice(drained);
      drained = published.length;
      return news;
    },
    async publish(events) {
      faults.throwNext();
      const failed = events.flatMap(({ detailType }, place) => (detailType === refused ? [place] : []));
      published.push(...events.filter((_, place) => !failed.includes(place)));
      return { failed };
    },
  };
}
