import { nearest } from './problem.ts';
import { fields, problem, warn } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/** What happens to keys nobody reads: refused where the block is our own, told where it is shared, kept in silence. */
export type UnknownKeys = 'refuse' | 'tell' | 'keep';

/** The fields of a mapping by the keys that are read there. */
export function knownFields<Key extends string>(
  at: Cursor,
  keys: readonly Key[],
  unknown: UnknownKeys,
): Readonly<Partial<Record<Key, Cursor>>> {
  const known: Partial<Record<Key, Cursor>> = {};
  for (const [name, value] of fields(at)) {
    const key = keys.find((candidate) => candidate === name);
    if (key !== undefined) known[key] = value;
    else if (unknown !== 'keep')
      (unknown === 'refuse' ? problem : warn)(value, `"${name}" is not read here`, hints(name, keys));
  }
  return known;
}

function hints(name: string, keys: readonly string[]) {
  const near = nearest(name, keys);
  return {
    expected: keys.join(', '),
    ...(near === undefined ? {} : { suggestion: `did you mean ${near}?` }),
  };
}
