import { endOfDay, startOfDay } from '../../time/calendar.ts';
import type { Window } from '../../time/window.ts';
import { DEFAULT_POLICY } from '../defaultPolicy.ts';
import type { SaidPolicy } from '../keys/policyKeys.ts';
import { seasonDays } from '../keys/seasonReader.ts';
import type { SaidWindow } from '../keys/windowReader.ts';
import type { Policy, SeasonalPolicy } from '../policy.ts';

/**
 * The windows in their zones. In the season of semester preparation every hour is open ("Heavy building during summer
 * break"): the rooms are empty, so there is no peak to avoid.
 */
export function resolveWindows(
  said: SaidPolicy,
  zone: string,
  prep: Policy['semesterPrep'],
): Policy['windows'] {
  const { windows } = DEFAULT_POLICY;
  const season: Window[] = prep === null ? [] : [{ start: 0, end: 0, zone, season: prep.season }];
  return {
    offPeak: [...inZone(said.build_window ?? said.off_peak_window, windows.offPeak, zone), ...season],
    urgent: [...inZone(said.urgent_window, windows.urgent, zone), ...season],
  };
}

export function resolveSemesterPrep({
  semester_prep_window: said,
  hemisphere,
}: SaidPolicy): Policy['semesterPrep'] {
  return said === undefined
    ? null
    : { season: seasonDays(said, hemisphere ?? 'northern'), words: said.words };
}

export function resolveSeasonal(
  { seasonal_precompilation: said, calendar }: SaidPolicy,
  zone: string,
): SeasonalPolicy {
  const { seasonal } = DEFAULT_POLICY;
  const terms = (calendar?.terms ?? []).map(({ name, start, end }) => ({
    name,
    start,
    end,
    startsAt: startOfDay(start, zone),
    endsAt: endOfDay(end, zone),
  }));
  return {
    enabled: said?.enabled ?? seasonal.enabled,
    lead: said?.schedule?.lead ?? seasonal.lead,
    anchor: said?.schedule?.anchor ?? seasonal.anchor,
    templates: said?.templates ?? seasonal.templates,
    terms: terms.sort((a, b) => a.startsAt - b.startsAt),
  };
}

function inZone(
  said: readonly SaidWindow[] | undefined,
  otherwise: readonly Window[],
  zone: string,
): Window[] {
  return (said ?? otherwise.map((window) => ({ ...window, zone: null }))).map((window) => ({
    start: window.start,
    end: window.end,
    zone: window.zone ?? zone,
    season: null,
  }));
}
