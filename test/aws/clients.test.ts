import { SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { perRegion } from '../../src/aws/clients.ts';

test('one client for each region, however often it is asked for', async () => {
  const ssm = perRegion(SSMClient);
  expect(ssm('us-east-1')).toBe(ssm('us-east-1'));
  expect(ssm('us-west-2')).not.toBe(ssm('us-east-1'));
  expect(await ssm('us-west-2').config.region()).toBe('us-west-2');
});

test('clients repeat what was throttled, as often as the house or their user says', async () => {
  const { config } = perRegion(SSMClient)('us-east-1');
  expect(await config.maxAttempts()).toBe(5);
  expect(await perRegion(SSMClient, { maxAttempts: 2 })('us-east-1').config.maxAttempts()).toBe(2);
});
