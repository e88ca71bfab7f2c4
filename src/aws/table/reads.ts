import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  type BatchGetCommandOutput,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../../contract.ts';
import { chunks } from '../../core/chunks.ts';
import type { Instant } from '../../core/words.ts';
import type { Key, PendingWork } from './keys.ts';
import { pause, TableBusy, TRIES } from './pause.ts';
import type { Item } from './record.ts';
import type { Table } from './table.ts';

/** Keys that one BatchGetItem takes. */
const KEYS_AT_ONCE = 100;
/** Calls of BatchGetItem beside each other. */
const CALLS_AT_ONCE = 8;

export async function getItem(table: Table, key: Key): Promise<Item | undefined> {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return item as Item | undefined;
}

/** The items of these keys that exist, in no order; consistent. */
export async function getItems(table: Table, keys: readonly Key[]): Promise<Item[]> {
  const different = [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
  const batches = chunks(different, KEYS_AT_ONCE);
  const found: Item[] = [];
  for (const together of chunks(batches, CALLS_AT_ONCE))
    found.push(...(await Promise.all(together.map((batch) => getBatch(table, batch)))).flat());
  return found;
}

/** What DynamoDB leaves unprocessed is asked for again, after a pause if it gave nothing at all. */
async function getBatch(table: Table, keys: readonly Key[]): Promise<Item[]> {
  const found: Item[] = [];
  let missing: Record<string, unknown>[] | undefined = keys.map((key) => ({ ...key }));
  for (let tried = 1; tried <= TRIES; tried++) {
    const answer: BatchGetCommandOutput = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: missing, ConsistentRead: true } } }),
    );
    found.push(...((answer.Responses?.[table.name] ?? []) as Item[]));
    missing = answer.UnprocessedKeys?.[table.name]?.Keys;
    if (missing === undefined || missing.length === 0) return found;
    await pause(tried, table);
  }
  throw new TableBusy(new Error(`${missing.length} keys stayed unprocessed`));
}

export interface PartitionRead {
  /** Only items whose sort key begins so. */
  readonly beginsWith?: string;
  readonly newestFirst?: boolean;
  /** Items of one page; a reader that stops early asks for no more than it needs. */
  readonly pageSize?: number;
}

/** The items of a partition in the order of their sort keys, page after page; consistent. */
export function partition(
  table: Table,
  pk: string,
  { beginsWith = '', newestFirst = false, pageSize }: PartitionRead = {},
): AsyncGenerator<Item[]> {
  const narrowed = beginsWith !== '';
  return query(table, {
    ConsistentRead: true,
    KeyConditionExpression: narrowed ? '#pk = :pk AND begins_with(#sk, :start)' : '#pk = :pk',
    ExpressionAttributeNames: {
      '#pk': TABLE.PARTITION_KEY,
      ...(narrowed ? { '#sk': TABLE.SORT_KEY } : {}),
    },
    ExpressionAttributeValues: { ':pk': pk, ...(narrowed ? { ':start': beginsWith } : {}) },
    ScanIndexForward: !newestFirst,
    ...(pageSize === undefined ? {} : { Limit: pageSize }),
  });
}

export interface PendingRead extends Pick<PartitionRead, 'pageSize'> {
  /** Only what waits since then or longer: work may have a time before which it is not to be done. */
  readonly until?: Instant;
}

/** What waits for one kind of work, oldest first, from the sparse index: a moment behind the table. */
export function pendingItems(
  table: Table,
  work: PendingWork,
  { until, pageSize }: PendingRead = {},
): AsyncGenerator<Item[]> {
  const bounded = until !== undefined;
  return query(table, {
    IndexName: TABLE.PENDING_INDEX,
    KeyConditionExpression: bounded ? '#pending = :work AND #since <= :until' : '#pending = :work',
    ExpressionAttributeNames: {
      '#pending': TABLE.PENDING_KEY,
      ...(bounded ? { '#since': TABLE.PENDING_SINCE } : {}),
    },
    ExpressionAttributeValues: { ':work': work, ...(bounded ? { ':until': until } : {}) },
    ...(pageSize === undefined ? {} : { Limit: pageSize }),
  });
}

async function* query(table: Table, input: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({ TableName: table.name, ...input, ExclusiveStartKey: from }),
    );
    yield (page.Items ?? []) as Item[];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/** The items of all pages, or the first `limit`. */
export async function collect(pages: AsyncIterable<Item[]>, limit = Infinity): Promise<Item[]> {
  const collected: Item[] = [];
  if (limit <= 0) return collected;
  for await (const page of pages) {
    collected.push(...page);
    if (collected.length >= limit) break;
  }
  return collected.slice(0, limit);
}
