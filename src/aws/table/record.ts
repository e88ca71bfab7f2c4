import type { Key } from './keys.ts';

/** An item as it is stored: its key beside the fields of its record, and what the table itself needs. */
export type Item = Key & Readonly<Record<string, unknown>>;

/** Attributes that are no part of a record; `committed` is what a pot's conditions compare. */
const OF_THE_TABLE = ['pk', 'sk', 'pending', 'pendingSince', 'expiresAt', 'committed'];

type RequiredKeys<T> = {
  [K in keyof T]-?: undefined extends T[K] ? never : K;
}[keyof T];
type Kind<V> = V extends string
  ? 'text'
  : V extends number
    ? 'number'
    : V extends boolean
      ? 'boolean'
      : V extends readonly unknown[]
        ? 'list'
        : 'map';
type KindOrNull<V> = null extends V ? `${Kind<NonNullable<V>>} or null` : Kind<V>;

/** What every stored record of a type must have. The compiler sees to it that no field is forgotten. */
export type Shape<T> = { readonly [K in RequiredKeys<T>]: KindOrNull<T[K]> };

/** Somebody wrote into the table what we would not: said at once, with the key, instead of acting on it. */
export class StoredItemBroken extends Error {
  override readonly name = 'StoredItemBroken';
  constructor({ pk, sk }: Key, problem: string) {
    super(`the stored item ${pk} / ${sk} is broken: ${problem}`);
  }
}

/** The record of an item, after a look at each of its required fields. */
export function recordOf<T>(item: Item, shape: Shape<T>): T {
  for (const [field, kind] of Object.entries<string>(shape))
    if (!isOf(kind, item[field])) throw new StoredItemBroken(item, `${field} is no ${kind}`);
  const record: unknown = Object.fromEntries(
    Object.entries(item).filter(([name]) => !OF_THE_TABLE.includes(name)),
  );
  return record as T;
}

/** A text that an item must have. */
export function textOf(item: Item, field: string): string {
  const value = item[field];
  if (typeof value !== 'string') throw new StoredItemBroken(item, `${field} is no text`);
  return value;
}

function isOf(kind: string, value: unknown): boolean {
  if (value === null) return kind.endsWith(' or null');
  if (kind.startsWith('text')) return typeof value === 'string';
  if (kind.startsWith('list')) return Array.isArray(value);
  if (kind.startsWith('map')) return typeof value === 'object' && !Array.isArray(value);
  return kind.startsWith(typeof value);
}
