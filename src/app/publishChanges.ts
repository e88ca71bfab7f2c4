import type { Change } from '../core/changes.ts';
import { eventsOf } from '../core/changesToEvents.ts';
import type { Services } from '../ports.ts';

/**
 * Turns changes of the table into events on the default bus and does nothing else, so that it cannot fail on anything
 * but the bus (design §3, One reader of the stream).
 * @returns the places in the list of those of whose events one was not taken; they are to be published again
 */
export async function publishChanges(
  changes: readonly Change[],
  { events }: Pick<Services, 'events'>,
): Promise<{ readonly failed: readonly number[] }> {
  const told = changes.flatMap((change, place) => eventsOf(change).map((event) => ({ place, event })));
  if (told.length === 0) return { failed: [] };
  const { failed } = await events.publish(told.map(({ event }) => event));
  const places = new Set(failed.flatMap((index) => told[index]?.place ?? []));
  return { failed: [...places].sort((a, b) => a - b) };
}
