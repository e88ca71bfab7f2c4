import { isPartName, PART_NAMES, type PartName } from './parts.ts';

export interface BenchOptions {
  readonly parts: readonly PartName[];
  readonly json: boolean;
}

export const USAGE = `npm run bench -- [--json] [${PART_NAMES.join(' | ')}]…`;

/**
 * Which parts, and for whom.
 * @throws Error with a sentence
 */
export function benchOptions(words: readonly string[]): BenchOptions {
  const names = words.filter((word) => word !== '--json');
  const unknown = names.filter((name) => !isPartName(name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', no ')}. Usage: ${USAGE}`);
  const wanted = names.filter(isPartName);
  return { parts: wanted.length === 0 ? PART_NAMES : wanted, json: words.includes('--json') };
}
