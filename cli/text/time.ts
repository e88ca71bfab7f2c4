import { DAY, HOUR, MINUTE, SECOND, type Milliseconds } from '../../src/core/words.ts';

/** The moment an answer was made and the zone people think in: what times in a view are told from. */
export interface Moment {
  /** ISO 8601. */
  readonly now: string;
  /** IANA zone. */
  readonly zone: string;
}

const UNITS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
] as const;

/** `2 days`, `3 hours`, `25 minutes`: in one unit, rounded, as people say it. */
export function roughly(duration: Milliseconds): string {
  const rounded = Math.max(0, Math.round(duration / SECOND) * SECOND);
  const [length, unit] = UNITS.find(([candidate]) => rounded >= 2 * candidate || rounded === candidate) ?? [
    SECOND,
    'second',
  ];
  return counted(Math.round(rounded / length), unit);
}

/** `2 days ago`, `just now`. */
export function ago(instant: string, { now }: Moment): string {
  const passed = Date.parse(now) - Date.parse(instant);
  return passed < 10 * SECOND ? 'just now' : `${roughly(passed)} ago`;
}

/** `tonight 02:30 UTC`, `today 14:10 Europe/London`, `tomorrow 09:00 UTC`, `Fri 27 Nov 09:00 UTC`. */
export function when(instant: string, { now, zone }: Moment): string {
  const then = localTime(Date.parse(instant), zone);
  return `${dayOf(then, localTime(Date.parse(now), zone))} ${then.hour}:${then.minute} ${zone}`;
}

/** `24 Nov 02:00:01`: for lines of a story. */
export function stamp(instant: string, zone: string): string {
  const { day, month, hour, minute, second } = localTime(Date.parse(instant), zone);
  return `${day.padStart(2)} ${month} ${hour}:${minute}:${second}`;
}

function dayOf(then: LocalTime, today: LocalTime): string {
  const days = Math.round((then.midnight - today.midnight) / DAY);
  const night = Number(then.hour) < 6 ? days === 1 : Number(then.hour) >= 18 && days === 0;
  if (night) return 'tonight';
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  const year = then.year === today.year ? '' : ` ${then.year}`;
  return `${then.weekday} ${then.day} ${then.month}${year}`;
}

interface LocalTime {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  /** Of the local date, as if it were UTC: differences are whole days. */
  readonly midnight: number;
}

function localTime(instant: number, timeZone: string): LocalTime {
  const formatted = formatOf(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    formatted.find((candidate) => candidate.type === type)?.value ?? '';
  const [weekday, day, month, year] = [part('weekday'), part('day'), part('month'), part('year')];
  const midnight = Date.parse(`${day} ${month} ${year} 00:00:00 UTC`);
  return {
    weekday,
    day,
    month,
    year,
    midnight,
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
