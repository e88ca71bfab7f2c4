import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { awsFeedCache } from '../../src/aws/feedCache.ts';
import { DAY, SECOND } from '../../src/core/words.ts';
import { anAccount } from '../local/aws/clients.ts';
import { feedCacheContract } from './feedCache.ts';
import { dynamoUnderTest } from './table/dynamoUnderTest.ts';

const NOON = Date.parse('2026-07-15T12:00:00Z');
const aTable = dynamoUnderTest(anAccount().root);

async function aCache() {
  const { client, tableName } = await aTable();
  const clock = { now: NOON };
  return { cache: awsFeedCache({ client, tableName, now: () => clock.now }), client, tableName, clock };
}

feedCacheContract(async () => (await aCache()).cache);

test('what nobody asked for in a long time is gone, whether DynamoDB has removed it or not', async () => {
  const { cache, client, tableName, clock } = await aCache();
  await cache.put('https://a.example', { at: NOON, body: '[]' });
  const { Items } = await client.send(new ScanCommand({ TableName: tableName }));
  expect(Items).toMatchObject([{ expiresAt: { N: String((NOON + 45 * DAY) / SECOND) } }]);
  clock.now = NOON + 45 * DAY;
  expect(await cache.get('https://a.example')).toBeUndefined();
});

test('what is too large for an item is not kept, and what was kept before stays', async () => {
  const { cache } = await aCache();
  const small = { at: NOON, body: '[]' };
  await cache.put('https://a.example', small);
  await cache.put('https://a.example', { at: NOON, body: randomBytes(400_000).toString('base64') });
  expect(await cache.get('https://a.example')).toEqual(small);
});
