import { nearest } from './problem.ts';
import type { Json } from './template.ts';
import { DESCRIPTIVE_KEYS, HONOURED_KEYS, LAUNCH_KEYS } from './templateKeys.ts';
import { toJson } from './toJson.ts';
import { warn } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/** Everything that is not read, and the blocks that are read in part. A near miss of a key that is read is told. */
export function readExtra(given: ReadonlyMap<string, Cursor>): Readonly<Record<string, Json>> {
  const honoured: ReadonlySet<string> = new Set(HONOURED_KEYS);
  const partly = new Set(['instance_defaults', 'ami_config']);
  const extra: [string, Json][] = [];
  for (const [key, value] of given) {
    if (!honoured.has(key) || partly.has(key)) extra.push([key, toJson(value)]);
    const consequence = LAUNCH_KEYS.get(key);
    if (consequence !== undefined) warn(value, consequence);
    if (honoured.has(key) || consequence !== undefined || DESCRIPTIVE_KEYS.has(key)) continue;
    const near = nearest(key, HONOURED_KEYS);
    if (near !== undefined) warn(value, `"${key}" is not read`, { suggestion: `did you mean ${near}?` });
  }
  return Object.fromEntries(extra);
}
