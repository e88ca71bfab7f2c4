import { nearest } from '../../time/nearest.ts';
import { isDayOfYear, lastDayOf } from '../../time/season.ts';
import type { Season } from '../../time/window.ts';
import type { Reader } from '../reading/reader.ts';
import { parsed } from '../reading/scalars.ts';

export const HEMISPHERES = ['northern', 'southern'] as const;
export type Hemisphere = (typeof HEMISPHERES)[number];

export const SEASON_WORDS = ['spring', 'summer', 'autumn', 'fall', 'winter'] as const;
export type SeasonWord = (typeof SEASON_WORDS)[number];

/** A season as a policy says it: a word, whose months depend on the hemisphere, or days. */
export type SaidSeason = { readonly words: string } & (
  { readonly word: SeasonWord; readonly days: null } | { readonly word: null; readonly days: Season }
);

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** First months of the seasons of weather, north of the equator. */
const FIRST_MONTH: Readonly<Record<SeasonWord, number>> = {
  spring: 3,
  summer: 6,
  autumn: 9,
  fall: 9,
  winter: 12,
};

/** `summer`, `June-August`, `05-15 to 08-20`. */
export const season: Reader<SaidSeason> = parsed<SaidSeason>(
  {
    expected: 'a season: "summer", months such as "June-August", or days such as "05-15 to 08-20"',
    schema: { type: 'string' },
  },
  (written) => {
    const words = written.trim();
    const word = SEASON_WORDS.find((candidate) => candidate === words.toLowerCase());
    if (word !== undefined) return { ok: true, value: { words, word, days: null } };
    const days = daysOf(words) ?? monthsOf(words);
    if (days !== null) return { ok: true, value: { words, word: null, days } };
    const meant = nearest(words, [...SEASON_WORDS, ...MONTHS]);
    return { ok: false, suggestion: meant === null ? null : `did you mean ${meant}?` };
  },
);

/** The days of a season: of summer in the northern hemisphere, 1 June to 31 August. */
export function seasonDays(said: SaidSeason, hemisphere: Hemisphere): Season {
  if (said.word === null) return said.days;
  const first = ((FIRST_MONTH[said.word] - 1 + (hemisphere === 'southern' ? 6 : 0)) % 12) + 1;
  return months(first, ((first + 1) % 12) + 1);
}

function daysOf(words: string): Season | null {
  const [, from, to] = /^(\d{2}-\d{2})\s*(?:to|-|–|\.\.)\s*(\d{2}-\d{2})$/u.exec(words) ?? [];
  return from !== undefined && to !== undefined && isDayOfYear(from) && isDayOfYear(to) ? { from, to } : null;
}

function monthsOf(words: string): Season | null {
  const [, from = '', to = from] = /^([a-z]+)(?:\s*(?:-|–|to)\s*([a-z]+))?$/iu.exec(words) ?? [];
  const [first, last] = [monthOf(from), monthOf(to)];
  return first === null || last === null ? null : months(first, last);
}

/** January is 1; three letters are enough. */
function monthOf(name: string): number | null {
  const index = name.length < 3 ? -1 : MONTHS.findIndex((month) => month.startsWith(name.toLowerCase()));
  return index === -1 ? null : index + 1;
}

function months(first: number, last: number): Season {
  return { from: `${String(first).padStart(2, '0')}-01`, to: lastDayOf(last) };
}
