import type { Instant, Place } from '../words.ts';

/** Says an instant in the policy's zone. */
export type Told = (instant: Instant) => string;

export function placeInWords({ region, architecture }: Place): string {
  return `${region} (${architecture})`;
}

export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const MOST_LISTED = 12;

/** `a, b and c`, `a, b … and 7 more`. */
export function listed(items: readonly string[]): string {
  if (items.length === 0) return 'none';
  if (items.length > MOST_LISTED)
    return `${items.slice(0, MOST_LISTED).join(', ')} and ${items.length - MOST_LISTED} more`;
  return items.length === 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

export function explainCommand(build: string): string {
  return `cws templates auto-ami explain ${build}`;
}

/** More of a list than this nobody reads in a mail; the command line has it all. */
const MOST_ITEMS = 30;

/** The first items, and how many more there are. */
export function shortened(items: readonly string[]): readonly string[] {
  if (items.length <= MOST_ITEMS) return items;
  return [...items.slice(0, MOST_ITEMS), `and ${items.length - MOST_ITEMS} more`];
}
