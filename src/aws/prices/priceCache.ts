import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { TABLE } from '../../contract.ts';
import type { UnitPrices } from '../../core/money/estimate.ts';
import type { PricedInstance } from '../../core/money/pricedInstance.ts';
import { DAY } from '../../core/words.ts';
import type { Clock } from '../../ports.ts';
import { expiring } from '../table/expiry.ts';

/** Prices that were asked for within a day, whoever did. */
export interface PriceCache {
  get(instance: PricedInstance): Promise<UnitPrices | undefined>;
  put(instance: PricedInstance, prices: UnitPrices): Promise<void>;
}

export interface PriceCacheOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly now: Clock;
}

const microDollars = z.number().int().positive();
const storedPrices = z.object({
  prices: z.object({
    instanceHour: microDollars,
    volumeGbMonth: microDollars,
    snapshotGbMonth: microDollars,
    copyGb: microDollars,
  }),
  listedAt: z.number(),
});

/**
 * The cache in items of its own, beside the records of the loop: nobody reads them as changes, and DynamoDB removes
 * them some time after their day.
 *
 * Actions: dynamodb:GetItem, dynamodb:PutItem.
 */
export function dynamoPriceCache({ client, tableName, now }: PriceCacheOptions): PriceCache {
  const documents = DynamoDBDocumentClient.from(client);
  const keyOf = ({ region, instanceType, operatingSystem }: PricedInstance) => ({
    [TABLE.PARTITION_KEY]: `PRICE#${region}/${instanceType}/${operatingSystem}`,
    [TABLE.SORT_KEY]: 'STATE',
  });
  return {
    async get(instance) {
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: keyOf(instance) }));
      // What an earlier version of us wrote differently is as good as nothing.
      const stored = storedPrices.safeParse(Item);
      return stored.success && stored.data.listedAt > now() - DAY ? stored.data.prices : undefined;
    },
    async put(instance, prices) {
      const listedAt = now();
      await documents.send(
        new PutCommand({
          TableName: tableName,
          Item: {
            ...keyOf(instance),
            prices,
            listedAt,
            ...expiring(listedAt + DAY),
          },
        }),
      );
    },
  };
}
