import type { Season, Window } from '../time/window.ts';
import { MICRO_DOLLARS_PER_DOLLAR, type MicroDollars } from '../words.ts';

/** `$25.00`, `$0.000123`: cents always, and what is finer only where it is there. */
export function dollarsInWords(amount: MicroDollars): string {
  const whole = Math.floor(amount / MICRO_DOLLARS_PER_DOLLAR).toLocaleString('en-US');
  const fraction = String(amount % MICRO_DOLLARS_PER_DOLLAR).padStart(6, '0');
  return `$${whole}.${fraction.replace(/0{1,4}$/u, '')}`;
}

/** Basis points: `25%`, `33.33%`. */
export function percentInWords(basisPoints: number): string {
  return `${basisPoints / 100}%`;
}

/** `01:00-05:00 UTC`, `all day from 06-01 to 08-31 Europe/London`. */
export function windowInWords({ start, end, zone, season }: Window): string {
  const hours = start === end ? allDayFrom(start) : `${clock(start)}-${clock(end)}`;
  return `${hours}${season === null ? '' : ` ${seasonInWords(season)}`} ${zone}`;
}

/** `from 06-01 to 08-31`. */
export function seasonInWords({ from, to }: Season): string {
  return `from ${from} to ${to}`;
}

function allDayFrom(minute: number): string {
  return minute === 0 ? 'all day' : `all day (from ${clock(minute)})`;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}

export function listed(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}
