import { expect, test } from 'vitest';
import { EVENTS, HINTS } from '../../src/core/events.ts';
import { memoryEvents } from '../../src/memory/memoryEvents.ts';
import { eventsContract } from './events.ts';

eventsContract(async () => {
  const events = memoryEvents();
  return { events, heard: async () => events.drain() };
});

test('in memory the bus can refuse a kind of event: its places in the list are answered', async () => {
  const events = memoryEvents();
  events.refuse(HINTS.TURN_AWAITED);
  const kinds = [EVENTS.BUILD_QUEUED, HINTS.TURN_AWAITED, EVENTS.BUILD_FINISHED, HINTS.TURN_AWAITED];
  const all = kinds.map((detailType) => ({ detailType, version: '1' as const, detail: {} }));
  expect(await events.publish(all)).toEqual({ failed: [1, 3] });
  expect(events.published.map(({ detailType }) => detailType)).toEqual([
    EVENTS.BUILD_QUEUED,
    EVENTS.BUILD_FINISHED,
  ]);
});
