import { SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { awsAmiParameters } from '../../src/aws/amiParameters.ts';
import { aJsonService, SOME_KEYS } from './localServer.ts';

const NAME = '/auto-ami/templates/python-ml/x86_64/ami-id';

/** Parameter Store that shows a new value only at the n-th look at it. */
async function aStore(shownAt: number) {
  const operations: string[] = [];
  let looks = 0;
  const endpoint = await aJsonService(({ operation }) => {
    operations.push(operation);
    if (operation === 'PutParameter') return { body: { Version: 2 } };
    looks += 1;
    return { body: { Parameter: { Name: NAME, Value: looks < shownAt ? 'ami-old' : 'ami-new' } } };
  });
  const pauses: number[] = [];
  const parameters = awsAmiParameters({
    ssm: (region) => new SSMClient({ endpoint, region, credentials: SOME_KEYS, maxAttempts: 1 }),
    sleep: async (time) => void pauses.push(time),
  });
  return { parameters, operations, pauses };
}

test('a value is looked at a moment after it was put, and no more once it shows', async () => {
  const { parameters, operations } = await aStore(1);
  expect(await parameters.put('us-east-1', NAME, 'ami-new')).toBe('ami-new');
  expect(operations).toEqual(['PutParameter', 'GetParameter']);
});

test('AWS may take its time to check it: longer and longer pauses, three seconds in all', async () => {
  const { parameters, pauses } = await aStore(4);
  expect(await parameters.put('us-east-1', NAME, 'ami-new')).toBe('ami-new');
  expect(pauses).toEqual([100, 200, 400, 800]);
});

test('what never shows is answered as it reads then, for another try later', async () => {
  const { parameters, pauses } = await aStore(99);
  expect(await parameters.put('us-east-1', NAME, 'ami-new')).toBe('ami-old');
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(3_000);
});
