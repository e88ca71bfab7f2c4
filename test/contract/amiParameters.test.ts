import { expect, test } from 'vitest';
import { memoryAmiParameters } from '../../src/memory/memoryAmiParameters.ts';
import { amiParametersContract } from './amiParameters.ts';

amiParametersContract(async () => {
  const parameters = memoryAmiParameters();
  parameters.disown('ami-0123456789abcdef0');
  return {
    parameters,
    region: 'us-east-1',
    images: ['ami-0000000000000000a', 'ami-0000000000000000b'],
    stranger: 'ami-0123456789abcdef0',
  };
});

test('in memory the checks can be made to wait', async () => {
  const parameters = memoryAmiParameters();
  parameters.delay();
  await parameters.put('us-east-1', '/a', 'ami-0000000000000000a');
  expect(await parameters.get('us-east-1', '/a')).toBeUndefined();
  parameters.settle();
  expect(await parameters.get('us-east-1', '/a')).toBe('ami-0000000000000000a');
});
