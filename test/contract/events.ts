import { expect, test } from 'vitest';
import { EVENTS, type DomainEvent } from '../../src/core/events.ts';
import type { Events } from '../../src/ports.ts';

export interface EventsWorld {
  readonly events: Events;
  /** What arrived at somebody who listens, as many as are expected. */
  readonly heard: (count: number) => Promise<DomainEvent[]>;
}

const anEvent = (regionBuild: string): DomainEvent => ({
  detailType: EVENTS.BUILD_QUEUED,
  version: '1',
  detail: { regionBuild, template: 'python-ml' },
  resources: [regionBuild],
});

export function eventsContract(aWorld: () => Promise<EventsWorld>): void {
  test('each event arrives as it was published', async () => {
    const { events, heard } = await aWorld();
    const published = [anEvent('a'), { ...anEvent('b'), detailType: EVENTS.BUILD_FINISHED }];
    expect(await events.publish(published)).toEqual({ failed: [] });
    const arrived = await heard(2);
    expect(arrived).toHaveLength(2);
    expect(arrived).toEqual(expect.arrayContaining(published));
  });

  test('however many there are', async () => {
    const { events, heard } = await aWorld();
    const names = Array.from({ length: 23 }, (_, i) => `build-${i}`);
    expect(await events.publish(names.map(anEvent))).toEqual({ failed: [] });
    const arrived = await heard(23);
    expect(arrived.map(({ detail }) => detail['regionBuild']).sort()).toEqual([...names].sort());
  });

  test('none is none', async () => {
    const { events, heard } = await aWorld();
    expect(await events.publish([])).toEqual({ failed: [] });
    expect(await heard(0)).toEqual([]);
  });
}
