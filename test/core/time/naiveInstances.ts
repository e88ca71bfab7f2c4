import { Temporal } from 'temporal-polyfill';
import type { Window } from '../../../src/core/time/window.ts';

/** Every instance of the windows that touches a stretch of time, straight from the definition and without memory. */
export function naiveInstances(
  windows: readonly Window[],
  from: number,
  until: number,
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end, zone, season } of windows) {
    const last = Temporal.Instant.fromEpochMilliseconds(until)
      .toZonedDateTimeISO('UTC')
      .toPlainDate()
      .add({ days: 2 });
    let date = Temporal.Instant.fromEpochMilliseconds(from)
      .toZonedDateTimeISO('UTC')
      .toPlainDate()
      .subtract({ days: 2 });
    for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
      const day = date.toString().slice(5);
      const [first, final] = [season?.from ?? '01-01', season?.to ?? '12-31'];
      const within = first <= final ? first <= day && day <= final : day >= first || day <= final;
      if (!within) continue;
      const instance = {
        start: moment(date, start, zone),
        end: moment(end > start ? date : date.add({ days: 1 }), end, zone),
      };
      if (instance.end > instance.start && instance.end > from && instance.start < until)
        found.push(instance);
    }
  }
  return found;
}

function moment(date: Temporal.PlainDate, minute: number, zone: string): number {
  const local = date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  return local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}
