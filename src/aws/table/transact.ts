import { randomUUID } from 'node:crypto';
import { TransactionCanceledException, type CancellationReason } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { pause, TableBusy, TRIES } from './pause.ts';
import type { Table } from './table.ts';

type Named<T> = T extends { TableName: string | undefined } ? Omit<T, 'TableName'> : T;
type Part = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
/** One part of a transaction; the table's name is filled in when it is sent. */
export type Operation = { readonly [K in keyof Part]: Named<NonNullable<Part[K]>> };

/** A part whose condition did not hold, with the item as it was where the part asked for it. */
export interface Refused {
  readonly place: number;
  readonly item?: Readonly<Record<string, unknown>>;
}

/** Reasons of a cancellation that say: not now. Errors of the call as a whole are repeated by the SDK. */
const PASSING = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/**
 * Writes all or nothing; answers which parts were refused by their condition. Contention is waited out here, because
 * the SDK does not. Every try carries the same token, so one whose answer was lost is not done again.
 */
export async function transact(table: Table, operations: readonly Operation[]): Promise<Refused[]> {
  const input = {
    ClientRequestToken: randomUUID(),
    TransactItems: operations.map((operation) => named(operation, table.name)),
  };
  let last: unknown;
  for (let tried = 1; tried <= TRIES; tried++) {
    try {
      await table.client.send(new TransactWriteCommand(input));
      return [];
    } catch (error) {
      const refused = refusedBy(error);
      if (refused.length > 0) return refused;
      if (!isPassing(error)) throw error;
      last = error;
    }
    await pause(tried, table);
  }
  throw new TableBusy(last);
}

function named(operation: Operation, TableName: string): Part {
  return Object.fromEntries(Object.entries(operation).map(([kind, part]) => [kind, { TableName, ...part }]));
}

function reasonsOf(error: unknown): readonly CancellationReason[] {
  return error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
}

function refusedBy(error: unknown): Refused[] {
  return reasonsOf(error).flatMap(({ Code, Item }, place) => {
    if (Code !== 'ConditionalCheckFailed') return [];
    return [{ place, ...(Item === undefined ? {} : { item: unmarshall(Item) }) }];
  });
}

function isPassing(error: unknown): boolean {
  const codes = reasonsOf(error).flatMap(({ Code }) => (Code === undefined || Code === 'None' ? [] : [Code]));
  return codes.length > 0 && codes.every((code) => PASSING.includes(code));
}
