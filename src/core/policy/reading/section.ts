import { isMap, isScalar, type ParsedNode } from 'yaml';
import { nearest } from '../../time/nearest.ts';
import { below, type Keys, type Reader, type Said } from './reader.ts';
import { MAXIMUM_PROBLEMS, describe, quoted, type Reading, type Spot } from './reading.ts';

/** Keys that belong elsewhere: what to say to who writes them in a policy. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '<<': 'merge keys are refused: write the values out',
  threshold: 'write popularity_threshold directly below auto_ami_policy',
  scan_interval: 'how often to look is set where the stack is deployed, not in the policy',
  emails: 'addresses are set where the stack is deployed, not in the policy',
  disabled: 'use: cws templates auto-ami disable TEMPLATE --reason …',
  paused: 'use: cws templates auto-ami disable TEMPLATE --reason …',
};

/** A mapping with known keys. Unknown, misplaced, doubled and missing keys are problems. */
export function section<K extends Keys>(keys: K): Reader<Said<K>> {
  const names = Object.keys(keys);
  const needed = names.filter((name) => keys[name]?.required === true);
  const expected = needed.length > 0 ? `a mapping with ${needed.join(', ')}` : 'a mapping of keys';
  return {
    expected,
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        names.map((name) => [name, { description: keys[name]?.doc, ...keys[name]?.reader.schema }]),
      ),
      ...(needed.length > 0 ? { required: needed } : {}),
    },
    inner: Object.entries(keys).flatMap(([path, { reader, doc }]) => [
      { path, expected: reader.expected, doc },
      ...below(path, reader.inner),
    ]),
    read: (spot, reading) => {
      const entries = entriesOf(spot, reading, expected);
      if (entries === undefined) return undefined;
      const said: Record<string, unknown> = {};
      const meant = new Set<string | null>();
      for (const { name, keySpot, value } of entries) {
        const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
        if (known === undefined) {
          const close = closestKey(name, names, reading);
          meant.add(close);
          const suggestion = close === null ? suggestPlace(name, names, reading) : `did you mean ${close}?`;
          reading.refuse(keySpot, 'a known key', suggestion, quoted(name));
        } else {
          const read = known.reader.read(value, reading);
          if (read !== undefined) said[name] = read;
        }
      }
      const missing = needed.filter(
        (name) => !meant.has(name) && !entries.some((entry) => entry.name === name),
      );
      for (const name of missing) reading.refuse(spot, `the key ${name}`, keys[name]?.doc, 'none');
      return needed.every((name) => Object.hasOwn(said, name)) ? (said as Said<K>) : undefined;
    },
  };
}

/** A mapping whose keys are names the user chooses. */
export function mapOf<T>(name: Reader<string>, of: string, value: Reader<T>): Reader<Record<string, T>> {
  const expected = `a mapping of ${of}`;
  return {
    expected,
    schema: {
      type: 'object',
      propertyNames: name.schema,
      additionalProperties: value.schema,
    },
    inner: below('*', value.inner),
    read: (spot, reading) => {
      const entries = entriesOf(spot, reading, expected);
      const said: [string, T][] = [];
      for (const entry of entries ?? []) {
        name.read(entry.keySpot, reading);
        const read = value.read(entry.value, reading);
        if (read !== undefined) said.push([entry.name, read]);
      }
      // fromEntries defines properties: a template named __proto__ is a name like any other.
      return entries === undefined ? undefined : Object.fromEntries(said);
    },
  };
}

interface Entry {
  readonly name: string;
  readonly keySpot: Spot;
  readonly value: Spot;
}

function entriesOf(spot: Spot, reading: Reading, expected: string): Entry[] | undefined {
  if (!isMap(spot.node)) {
    reading.refuse(spot, expected);
    return undefined;
  }
  const first = new Map<string, Spot>();
  const entries: Entry[] = [];
  for (const { key, value } of spot.node.items) {
    const offset = key.range[0];
    if (!isScalar(key) || typeof key.value !== 'string') {
      reading.refuse({ ...spot, offset }, 'a plain key', null, describe(key));
      continue;
    }
    const name = key.value;
    const path = spot.path === '' ? name : `${spot.path}.${name}`;
    const keySpot: Spot = { path, node: key, offset };
    if (first.has(name)) {
      reading.refuse(keySpot, 'each key once', 'remove one of the two', `${quoted(name)} again`);
      continue;
    }
    first.set(name, keySpot);
    reading.remember({ path, node: value, offset });
    entries.push({ name, keySpot, value: { path, node: value, offset: startOf(value, offset) } });
  }
  return entries;
}

/** Where the value stands; where there is none, where its key does. */
function startOf(value: ParsedNode | null, keyOffset: number): number {
  return value === null || (isScalar(value) && value.source === '') ? keyOffset : value.range[0];
}

function closestKey(name: string, names: readonly string[], reading: Reading): string | null {
  return reading.problems.length > MAXIMUM_PROBLEMS ? null : nearest(name.replaceAll('-', '_'), names);
}

/** Where a key belongs that is none here: on another level, in another place, or it is only part of a name. */
function suggestPlace(name: string, names: readonly string[], reading: Reading): string | null {
  if (reading.problems.length > MAXIMUM_PROBLEMS) return null;
  const place = reading.allPaths.find((path) => path.split('.').at(-1) === name && !path.includes('*'));
  if (place !== undefined) return `it belongs below ${place.split('.').slice(0, -1).join('.')}`;
  if (Object.hasOwn(ELSEWHERE, name)) return ELSEWHERE[name] ?? null;
  const partly = names.filter((known) => nearest(name, known.split('_')) !== null);
  return partly.length === 0 || name.length < 3 ? null : `did you mean ${partly.slice(0, 5).join(', ')}?`;
}
