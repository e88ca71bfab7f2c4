import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { TABLE } from '../contract.ts';
import { DAY } from '../core/words.ts';
import type { Clock, FeedCache } from '../ports.ts';
import { expiring, hasExpired } from './table/expiry.ts';
import { LARGEST_PACKED, packed, unpacked } from './table/packed.ts';

export interface FeedCacheOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly now: Clock;
}

/** An answer nobody asked for again in this time is of no base image in use. */
const KEPT = 45 * DAY;

const item = z.object({
  at: z.number(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  body: z.instanceof(Uint8Array),
  [TABLE.TTL]: z.number(),
});

/** Addresses can be long, and of any characters. */
const keyOf = (url: string) => ({
  [TABLE.PARTITION_KEY]: `FEED#${createHash('sha256').update(url).digest('hex')}`,
  [TABLE.SORT_KEY]: 'ANSWER',
});

/**
 * Answers of feeds in the table: one item each, packed. What does not fit into one is not kept; of the real feeds all
 * do, as what is kept is what was made of them.
 *
 * Actions: dynamodb:GetItem, dynamodb:PutItem.
 */
export function awsFeedCache({ client, tableName, now }: FeedCacheOptions): FeedCache {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    async get(url) {
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: keyOf(url) }));
      const read = item.safeParse(Item);
      if (!read.success || hasExpired(read.data[TABLE.TTL], now())) return undefined;
      const { at, etag, lastModified, body } = read.data;
      return {
        at,
        ...(etag === undefined ? {} : { etag }),
        ...(lastModified === undefined ? {} : { lastModified }),
        body: await unpacked(body),
      };
    },
    async put(url, { at, etag, lastModified, body }) {
      const content = await packed(body);
      if (content.length > LARGEST_PACKED) return;
      await documents.send(
        new PutCommand({
          TableName: tableName,
          // The address is for people who look at the table.
          Item: { ...keyOf(url), url, at, etag, lastModified, body: content, ...expiring(now() + KEPT) },
        }),
      );
    },
  };
}
