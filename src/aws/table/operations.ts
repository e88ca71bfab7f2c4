import { TABLE } from '../../contract.ts';
import type { Instant } from '../../core/words.ts';
import type { Key, PendingWork } from './keys.ts';
import type { Operation } from './transact.ts';

/** A condition with its names and values. */
export interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

export const ABSENT = {
  ConditionExpression: `attribute_not_exists(${TABLE.PARTITION_KEY})`,
} satisfies Condition;
export const PRESENT = {
  ConditionExpression: `attribute_exists(${TABLE.PARTITION_KEY})`,
} satisfies Condition;

/** The stored fields are these; an undefined one is not stored. */
export function stored(fields: Readonly<Record<string, unknown>>): Condition {
  const all = Object.entries(fields);
  return {
    ConditionExpression: all
      .map(([name, value]) =>
        value === undefined ? `attribute_not_exists(#is_${name})` : `#is_${name} = :is_${name}`,
      )
      .join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(all.map(([name]) => [`#is_${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      all.flatMap(([name, value]) => (value === undefined ? [] : [[`:is_${name}`, value]])),
    ),
  };
}

/** The stored field is `expected`; `null` means that there must be no such item. */
export function expecting(name: string, expected: string | number | null): Condition {
  return expected === null ? ABSENT : stored({ [name]: expected });
}

/** The whole record as an item, in place of what is there. */
export function put(key: Key, record: object, condition?: Condition): Operation {
  return { Put: { Item: { ...record, ...key }, ...condition } };
}

/** Attributes that keep an item in the sparse index of work to be done. */
export function waitingFor(work: PendingWork | undefined, since: Instant): Record<string, unknown> {
  return work === undefined ? {} : { [TABLE.PENDING_KEY]: work, [TABLE.PENDING_SINCE]: since };
}

/** Takes an item out of the sparse index, setting some of its fields. */
export function noLongerWaiting(
  key: Key,
  fields: Readonly<Record<string, unknown>>,
  condition: Condition,
): Operation {
  return update(key, fields, condition, [TABLE.PENDING_KEY, TABLE.PENDING_SINCE]);
}

/** Sets some fields of an item, removes others, and leaves the rest as it is. */
export function update(
  key: Key,
  fields: Readonly<Record<string, unknown>>,
  condition: Condition,
  without: readonly string[] = [],
): Operation {
  const names = Object.keys(fields);
  const list = (of: readonly string[], inWords: (name: string) => string) => of.map(inWords).join(', ');
  return {
    Update: {
      Key: { ...key },
      UpdateExpression: [
        ...(names.length === 0 ? [] : [`SET ${list(names, (name) => `#${name} = :${name}`)}`]),
        ...(without.length === 0 ? [] : [`REMOVE ${list(without, (name) => `#${name}`)}`]),
      ].join(' '),
      ConditionExpression: condition.ConditionExpression,
      ExpressionAttributeNames: {
        ...Object.fromEntries([...names, ...without].map((name) => [`#${name}`, name])),
        ...condition.ExpressionAttributeNames,
      },
      ...valuesOf({
        ...Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
        ...condition.ExpressionAttributeValues,
      }),
    },
  };
}

function valuesOf(values: Record<string, unknown>): { ExpressionAttributeValues?: Record<string, unknown> } {
  return Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values };
}

export function remove(key: Key, condition: Condition): Operation {
  return { Delete: { Key: { ...key }, ...condition } };
}

/** Only a condition: the item stays as it is. */
export function check(key: Key, condition: Condition): Operation {
  return { ConditionCheck: { Key: { ...key }, ...condition } };
}
