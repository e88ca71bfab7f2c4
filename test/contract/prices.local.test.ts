import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PricingClient } from '@aws-sdk/client-pricing';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { awsPrices } from '../../src/aws/prices.ts';
import { dynamoPriceCache } from '../../src/aws/prices/priceCache.ts';
import { TABLE } from '../../src/contract.ts';
import { DAY } from '../../src/core/words.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import { anAccount } from '../local/aws/clients.ts';
import { localClients } from './localAws.ts';
import { pricesContract } from './prices.ts';
import type { PricedInstance } from '../../src/core/money/pricedInstance.ts';

const linux = (region: string, instanceType: string): PricedInstance => ({
  region,
  instanceType,
  operatingSystem: 'linux',
});

const tableName = 'state';

async function aWorld() {
  const { root } = anAccount();
  const client = localClients(DynamoDBClient, root)('us-east-1');
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [TABLE.PARTITION_KEY, TABLE.SORT_KEY].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: TABLE.PARTITION_KEY, KeyType: 'HASH' },
        { AttributeName: TABLE.SORT_KEY, KeyType: 'RANGE' },
      ],
    }),
  );
  const clock = { now: Date.UTC(2026, 10, 24) };
  const cache = dynamoPriceCache({ client, tableName, now: () => clock.now });
  const log = memoryLog();
  const pricing = localClients(PricingClient, root)('us-east-1');
  const prices = awsPrices({ now: () => clock.now, log, cache, pricing });
  return { client, clock, cache, log, prices };
}

/** There is no price list on the local AWS: what is told here comes from the shipped table. */
pricesContract(async () => (await aWorld()).prices);

test('without a price list one warning is given, whatever is asked for', async () => {
  const { prices, log } = await aWorld();
  await prices.unit(linux('us-east-1', 'm7i.large'));
  await prices.unit(linux('us-west-2', 'm6i.large'));
  expect(log.lines).toHaveLength(1);
});

const priced = linux('us-east-1', 'm99.large');
const PRICES = { instanceHour: 100_800, volumeGbMonth: 80_000, snapshotGbMonth: 50_000, copyGb: 20_000 };

test('what another function has listed is known for a day', async () => {
  const { clock, cache, prices } = await aWorld();
  await cache.put(priced, PRICES);
  expect(await prices.unit(linux('us-east-1', 'm99.large'))).toEqual(PRICES);
  expect(await cache.get({ ...priced, region: 'us-west-2' })).toBeUndefined();
  expect(await cache.get({ ...priced, operatingSystem: 'rhel' })).toBeUndefined();
  clock.now += DAY;
  expect(await cache.get(priced)).toBeUndefined();
});

test('an item that is not as we write it is no price', async () => {
  const { client, clock, cache } = await aWorld();
  const key = { [TABLE.PARTITION_KEY]: 'PRICE#us-east-1/m99.large/linux', [TABLE.SORT_KEY]: 'STATE' };
  for (const prices of [{ ...PRICES, copyGb: '1' }, { ...PRICES, instanceHour: 0 }, undefined]) {
    const Item = { ...key, listedAt: clock.now, ...(prices === undefined ? {} : { prices }) };
    await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: tableName, Item }));
    expect(await cache.get(priced)).toBeUndefined();
  }
});
