import { isMap, isSeq, type ParsedNode } from 'yaml';
import { below, type Reader } from './reader.ts';
import type { Spot } from './reading.ts';

export interface ListOptions<T> {
  /** What one item is, in the plural: `template names`. */
  readonly of: string;
  /** What makes two items the same; said twice is a problem. */
  readonly identity?: (item: T) => string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A list; items that are refused are left out after all of them have been read. */
export function list<T>(
  item: Reader<T>,
  { of, identity, atLeast = 0, atMost = 1_000 }: ListOptions<T>,
): Reader<readonly T[]> {
  const expected = `a list of ${of}`;
  return {
    expected,
    schema: {
      type: 'array',
      items: item.schema,
      maxItems: atMost,
      ...(atLeast > 0 ? { minItems: atLeast } : {}),
      ...(identity ? { uniqueItems: true } : {}),
    },
    inner: below('*', item.inner),
    read: (spot, reading) => {
      if (!isSeq(spot.node)) {
        reading.refuse(
          spot,
          expected,
          spot.node !== null && !isMap(spot.node) ? 'write it in brackets: […]' : null,
        );
        return undefined;
      }
      const { length } = spot.node.items;
      if (length > atMost || length < atLeast) {
        const bound = length > atMost ? `at most ${atMost}` : `at least ${atLeast}`;
        reading.refuse(spot, `${of}, ${bound}`, null, length === 0 ? 'none' : String(length));
        return undefined;
      }
      const read: T[] = [];
      const seen = new Set<string>();
      for (const [index, node] of spot.node.items.entries()) {
        const itemSpot = spotOf(`${spot.path}[${index}]`, node, spot);
        reading.remember(itemSpot);
        const value = item.read(itemSpot, reading);
        if (value === undefined) continue;
        const name = identity?.(value);
        if (name !== undefined && seen.has(name)) {
          reading.refuse(
            itemSpot,
            `each of the ${of} once`,
            'remove one of the two',
            `${JSON.stringify(name)} again`,
          );
        }
        if (name !== undefined) seen.add(name);
        read.push(value);
      }
      return read;
    },
  };
}

/** One of two shapes, told apart by whether a mapping stands there. */
export function plainOrMapping<T>(plain: Reader<T>, mapping: Reader<T>): Reader<T> {
  return {
    expected: `${plain.expected}, or ${mapping.expected}`,
    schema: { anyOf: [plain.schema, mapping.schema] },
    ...(mapping.inner === undefined ? {} : { inner: mapping.inner }),
    read: (spot, reading) => (isMap(spot.node) ? mapping : plain).read(spot, reading),
  };
}

/** One value, or a list of them. */
export function oneOrMore<T>(item: Reader<T>, options: ListOptions<T>): Reader<readonly T[]> {
  const several = list(item, options);
  return {
    expected: `${item.expected}, or ${several.expected}`,
    schema: { anyOf: [item.schema, several.schema] },
    read: (spot, reading) => {
      if (isSeq(spot.node)) return several.read(spot, reading);
      const value = item.read(spot, reading);
      return value === undefined ? undefined : [value];
    },
  };
}

/** The same value, turned into another once it has been read. */
export function mapped<S, T>(reader: Reader<S>, turn: (value: S) => T): Reader<T> {
  return {
    ...reader,
    read: (spot, reading) => {
      const value = reader.read(spot, reading);
      return value === undefined ? undefined : turn(value);
    },
  };
}

/** The same value with its path in the file, for problems that are found later. */
export function located<T extends object>(reader: Reader<T>): Reader<T & { readonly path: string }> {
  return {
    ...reader,
    read: (spot, reading) => {
      const value = reader.read(spot, reading);
      return value === undefined ? undefined : { ...value, path: spot.path };
    },
  };
}

function spotOf(path: string, node: ParsedNode, list: Spot): Spot {
  // An empty item has a range too; its list's place is good enough when it has none.
  return { path, node, offset: node.range[0] < 0 ? list.offset : node.range[0] };
}
