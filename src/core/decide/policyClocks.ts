import type { Policy } from '../policy/policy.ts';
import { zoneCalendar, type ZoneCalendar } from '../time/calendar.ts';
import { inWords } from '../time/inWords.ts';
import { windowClock, type WindowClock } from '../time/windowClock.ts';
import { type Instant, MINUTE } from '../words.ts';
import type { WindowKind } from './whenToStart.ts';

/**
 * The clocks of a policy. They remember what they have found: make them once per policy, and plans after the first
 * cost no time zone arithmetic.
 */
export interface PolicyClocks {
  readonly windows: Readonly<Record<WindowKind, { readonly clock: WindowClock; readonly zone: string }>>;
  readonly calendar: ZoneCalendar;
  /** Names moments of a zone: `02:00 America/New_York on Tue 24 Nov`, with the year if it is not that of `now`. */
  namesWithZone(zone: string, now: Instant): Naming;
  /** The same without the zone, for a second time in a sentence. */
  names(zone: string, now: Instant): Naming;
}

export type Naming = (t: Instant) => string;

/** Offsets and their changes are whole quarters of an hour: within one only the minute's digits differ. */
const QUARTER = 15;
/** A year of sentences is not worth keeping. */
const REMEMBERED = 50_000;

export function policyClocks(policy: Policy): PolicyClocks {
  const zoneOf = (kind: 'offPeak' | 'urgent') => policy.windows[kind][0]?.zone ?? policy.zone;
  return {
    windows: {
      urgent: { clock: windowClock(policy.windows.urgent), zone: zoneOf('urgent') },
      'off-peak': { clock: windowClock(policy.windows.offPeak), zone: zoneOf('offPeak') },
    },
    calendar: zoneCalendar(policy.zone),
    namesWithZone: byMinute(inWords),
    names: byMinute((t, zone, now) => inWords(t, zone, now).replace(` ${zone}`, '')),
  };
}

type Wording = (t: Instant, zone: string, now: Instant) => string;

/** Remembers what a moment is called, by the minute, asking once per quarter of an hour. */
function byMinute(wording: Wording): (zone: string, now: Instant) => Naming {
  const zones = new Map<string, Map<number, string>>();
  const calendars = new Map<string, ZoneCalendar>();
  return (zone, now) => {
    let calendar = calendars.get(zone);
    if (calendar === undefined) calendars.set(zone, (calendar = zoneCalendar(zone)));
    // Of a month, since a calendar remembers the last one it was asked for.
    const year = calendar.monthOf(now).slice(0, -3);
    let names = zones.get(`${zone} ${year}`);
    if (names === undefined || names.size > REMEMBERED)
      zones.set(`${zone} ${year}`, (names = new Map<number, string>()));
    const known = names;
    return (t) => {
      const minute = Math.floor(t / MINUTE);
      let name = known.get(minute);
      if (name === undefined) {
        const quarter = minute - (minute % QUARTER);
        const text = wording(quarter * MINUTE, zone, now);
        const digits = String(Number(text.slice(3, 5)) + (minute - quarter)).padStart(2, '0');
        known.set(minute, (name = `${text.slice(0, 3)}${digits}${text.slice(5)}`));
      }
      return name;
    };
  };
}
