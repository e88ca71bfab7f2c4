import type { Reader } from '../reading/reader.ts';
import { key, required } from '../reading/reader.ts';
import { mapped, oneOrMore, plainOrMapping } from '../reading/list.ts';
import { parsed, type Parsed } from '../reading/scalars.ts';
import { section } from '../reading/section.ts';
import { knownZone, suggestZone } from '../../time/zone.ts';
import { zone } from './timeReaders.ts';

/** A window as a policy says it; without a zone of its own it has the policy's. */
export interface SaidWindow {
  readonly start: number;
  readonly end: number;
  readonly zone: string | null;
}

const EXPECTED = 'a window such as "01:00-05:00"';
const CLOCK = '\\d{1,2}:\\d{2}';
const SHAPE = new RegExp(`^\\s*(${CLOCK})\\s*(?:-|–|to)\\s*(${CLOCK})(?:\\s+([A-Za-z].*?))?\\s*$`, 'u');
const AM_PM = /\d\s*[ap]\.?m\b/iu;
const MINUTES_OF_DAY = 24 * 60;

const inOneString: Reader<SaidWindow> = parsed(
  { expected: EXPECTED, schema: { type: 'string', pattern: `^(all day|${SHAPE.source.slice(1, -1)})$` } },
  (written) => {
    if (written.trim().toLowerCase() === 'all day')
      return { ok: true, value: { start: 0, end: 0, zone: null } };
    const [, from = '', to = '', place] = SHAPE.exec(written) ?? [];
    if (from === '' || AM_PM.test(written)) return { ok: false, suggestion: suggestShape(written) };
    const [start, end] = [minuteOf(from), minuteOf(to)];
    if (start === null || end === null) return impossible(start === null ? from : to);
    if (start === MINUTES_OF_DAY)
      return { ok: false, suggestion: 'a day that starts at 24:00 starts at 00:00' };
    return withZone({ start, end: end % MINUTES_OF_DAY }, place);
  },
);

const timeOfDay: Reader<number> = parsed(
  { expected: 'a time of day such as "01:00"', schema: { type: 'string', pattern: `^${CLOCK}$` } },
  (written) => {
    const minute = new RegExp(`^${CLOCK}$`, 'u').test(written) ? minuteOf(written) : null;
    return minute === null
      ? { ok: false, suggestion: 'write hours 00 to 24 and minutes' }
      : { ok: true, value: minute };
  },
);

const inParts: Reader<SaidWindow> = mapped(
  section({
    start: required(timeOfDay, 'Local time at which the window opens.'),
    end: required(timeOfDay, 'Local time at which it closes; not after the start means on the next day.'),
    time_zone: key(zone, 'IANA zone of both; without it, the time_zone of the policy.'),
  }),
  ({ start, end, time_zone }) => ({
    start: start % MINUTES_OF_DAY,
    end: end % MINUTES_OF_DAY,
    zone: time_zone ?? null,
  }),
);

/** One window or a list: `"01:00-05:00"`, `"20:00-06:00 Europe/London"`, `{start: "01:00", end: "05:00"}`. */
export const windows: Reader<readonly SaidWindow[]> = oneOrMore(plainOrMapping(inOneString, inParts), {
  of: 'windows',
  atLeast: 1,
  atMost: 20,
});

/** Minutes after midnight, 0 … 1440; `null` if no clock shows it. */
function minuteOf(clock: string): number | null {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= MINUTES_OF_DAY ? total : null;
}

function impossible(clock: string): Parsed<SaidWindow> {
  return { ok: false, suggestion: `there is no time ${clock}: the day goes from 00:00 to 24:00` };
}

function withZone(times: { start: number; end: number }, place: string | undefined): Parsed<SaidWindow> {
  if (place === undefined) return { ok: true, value: { ...times, zone: null } };
  const known = knownZone(place);
  if (known !== null) return { ok: true, value: { ...times, zone: known } };
  const meant = suggestZone(place);
  return {
    ok: false,
    expected: `${EXPECTED} with an IANA time zone`,
    suggestion: meant === null ? null : `did you mean ${meant}?`,
  };
}

function suggestShape(written: string): string | null {
  if (AM_PM.test(written)) return 'write 24-hour times, such as 13:00 for 1 PM';
  const [, from, to] = /^\s*(\d{1,2})\s*-\s*(\d{1,2})\s*$/u.exec(written) ?? [];
  if (from === undefined || to === undefined) return null;
  return `did you mean "${from.padStart(2, '0')}:00-${to.padStart(2, '0')}:00"?`;
}
