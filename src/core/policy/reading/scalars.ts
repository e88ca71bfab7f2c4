import { isScalar } from 'yaml';
import { nearest } from '../../time/nearest.ts';
import { MICRO_DOLLARS_PER_DOLLAR, type MicroDollars } from '../../words.ts';
import type { Reader } from './reader.ts';
import { quoted, type Spot } from './reading.ts';

/** Words for truth that YAML 1.2 reads as text. */
const TRUTH: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  no: false,
  off: false,
  y: true,
  n: false,
  true: true,
  false: false,
};

export const truth: Reader<boolean> = {
  expected: 'true or false',
  schema: { type: 'boolean' },
  read: (spot, reading) => {
    const value = scalarOf(spot);
    if (typeof value === 'boolean') return value;
    const meant = typeof value === 'string' ? TRUTH[value.toLowerCase()] : undefined;
    reading.refuse(spot, 'true or false', meant === undefined ? asBoolean(value) : `write ${String(meant)}`);
    return undefined;
  },
};

export function wholeNumber(least: number, most: number): Reader<number> {
  return numeric(
    `a whole number from ${counted(least)} to ${counted(most)}`,
    'integer',
    least,
    most,
    Number.isSafeInteger,
  );
}

export function decimal(least: number, most: number): Reader<number> {
  return numeric(
    `a number from ${counted(least)} to ${counted(most)}`,
    'number',
    least,
    most,
    Number.isFinite,
  );
}

/** More than any image costs; far inside the range in which micro-dollars are exact. */
export const MOST_DOLLARS = 10_000_000;

/** US dollars with up to six decimals, read from the digits as written: no rounding. */
export const dollars: Reader<MicroDollars> = {
  expected: 'US dollars such as 25.00, with up to six decimals',
  schema: { type: 'number', minimum: 0, maximum: MOST_DOLLARS },
  read: (spot, reading) => {
    const written = isScalar(spot.node) && typeof spot.node.value === 'number' ? spot.node.source : undefined;
    const [, whole, fraction = ''] = /^\+?(\d{1,8})(?:\.(\d{1,6}))?$/u.exec(written ?? '') ?? [];
    const amount = Number(whole) * MICRO_DOLLARS_PER_DOLLAR + Number(fraction.padEnd(6, '0'));
    if (whole !== undefined && amount <= MOST_DOLLARS * MICRO_DOLLARS_PER_DOLLAR) return amount;
    reading.refuse(spot, dollarsExpected(written), suggestDollars(spot));
    return undefined;
  },
};

export function oneOf<T extends string>(values: readonly T[]): Reader<T> {
  const expected = `one of ${values.join(', ')}`;
  return {
    expected,
    schema: { enum: values },
    read: (spot, reading) => {
      const value = scalarOf(spot);
      const match = values.find((candidate) => candidate === value);
      if (match !== undefined) return match;
      const meant = typeof value === 'string' ? nearest(value, values) : null;
      reading.refuse(spot, expected, meant === null ? null : `did you mean ${meant}?`);
      return undefined;
    },
  };
}

/** Text that a pattern accepts; numbers want quotes, as YAML would lose leading zeros. */
export function text(expected: string, pattern: RegExp): Reader<string> {
  return parsed({ expected, schema: { type: 'string', ...schemaPattern(pattern) } }, (value) =>
    pattern.test(value) ? { ok: true, value } : { ok: false },
  );
}

/** No value of a policy is longer; patterns need not see more. */
const LONGEST_TEXT = 500;

/** Editors compile patterns with and without the flag `u`: those that need it are left to the parser. */
export function schemaPattern({ source }: RegExp): { readonly pattern?: string } {
  return source.includes('\\p{') ? {} : { pattern: source };
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly suggestion?: string | null; readonly expected?: string };

/** Text that a function understands. */
export function parsed<T>(
  { expected, schema }: Pick<Reader<T>, 'expected' | 'schema'>,
  parse: (value: string) => Parsed<T>,
): Reader<T> {
  return {
    expected,
    schema,
    read: (spot, reading) => {
      const value = scalarOf(spot);
      if (typeof value !== 'string') {
        reading.refuse(spot, expected, suggestText(spot, parse));
        return undefined;
      }
      if (value.length > LONGEST_TEXT) {
        reading.refuse(spot, `${expected}, at most ${LONGEST_TEXT} characters`);
        return undefined;
      }
      const result = parse(value);
      if (result.ok) return result.value;
      reading.refuse(spot, result.expected ?? expected, result.suggestion);
      return undefined;
    },
  };
}

/** For a bare number or truth value: what it would mean as text. */
function suggestText<T>({ node }: Spot, parse: (value: string) => Parsed<T>): string | null {
  if (!isScalar(node) || node.value === null) return null;
  const result = parse(node.source);
  return result.ok ? `text wants quotes: ${quoted(node.source)}` : (result.suggestion ?? null);
}

function numeric(
  expected: string,
  type: 'integer' | 'number',
  least: number,
  most: number,
  accepts: (value: unknown) => boolean,
): Reader<number> {
  return {
    expected,
    schema: { type, minimum: least, maximum: most },
    read: (spot, reading) => {
      const value = scalarOf(spot);
      if (typeof value === 'number' && accepts(value) && value >= least && value <= most) return value;
      const inQuotes = typeof value === 'string' && value.trim() !== '' && accepts(Number(value));
      reading.refuse(spot, expected, inQuotes ? `remove the quotes: ${Number(value)}` : null);
      return undefined;
    },
  };
}

function scalarOf(spot: Spot): unknown {
  return isScalar(spot.node) ? spot.node.value : undefined;
}

function dollarsExpected(written: string | undefined): string {
  if (written?.startsWith('-') === true) return `${dollars.expected}, not less than 0`;
  const beyond = Number(written) > MOST_DOLLARS;
  return beyond ? `US dollars, at most ${counted(MOST_DOLLARS)}` : dollars.expected;
}

function suggestDollars(spot: Spot): string | null {
  const value = scalarOf(spot);
  if (typeof value !== 'string') return null;
  const [amount] = /\d+(?:\.\d{1,6})?/u.exec(value.replaceAll(',', '')) ?? [];
  return amount === undefined ? null : `write the number alone: ${amount}`;
}

function asBoolean(value: unknown): string | null {
  return value === 1 || value === 'True'
    ? 'write true'
    : value === 0 || value === 'False'
      ? 'write false'
      : null;
}

function counted(value: number): string {
  return value.toLocaleString('en-US');
}
