import { expect, test } from 'vitest';
import { memoryAmiLifecycle } from '../../src/memory/memoryAmiLifecycle.ts';
import { namedError } from '../../src/memory/nextFaults.ts';
import { amiLifecycleContract } from './amiLifecycle.ts';

const REGION = 'us-east-1';
const AMI = 'ami-0000000000000000a';

amiLifecycleContract(async () => {
  const lifecycle = memoryAmiLifecycle();
  let made = 0;
  const anAmi = async () => `ami-${(made += 1).toString(16).padStart(17, '0')}`;
  return {
    lifecycle,
    region: REGION,
    anAmi,
    async aForeignAmi() {
      const amiId = await anAmi();
      lifecycle.addForeign(REGION, amiId);
      return amiId;
    },
    async use(amiId) {
      lifecycle.use(amiId, 'instance i-0abc');
      return 'instance i-0abc';
    },
    remove: async (amiId) => lifecycle.remove(REGION, amiId),
    async state(amiId) {
      const ami = lifecycle.ami(REGION, amiId);
      return ami === undefined ? 'gone' : { deprecated: ami.deprecated, disabled: ami.disabled };
    },
  };
});

test('in memory only what changed something is noted, and an unknown use stays unknown', async () => {
  const lifecycle = memoryAmiLifecycle();
  lifecycle.hideUse(AMI, 'EC2 makes a report');
  expect((await lifecycle.uses(REGION, [AMI])).get(AMI)).toEqual({
    kind: 'not-known-yet',
    because: 'EC2 makes a report',
  });
  await lifecycle.deprecate(REGION, AMI);
  await lifecycle.deprecate(REGION, AMI);
  await lifecycle.deregister(REGION, AMI);
  await lifecycle.deregister(REGION, AMI);
  expect(lifecycle.changes.map(({ change }) => change)).toEqual(['deprecate', 'deregister']);
  expect(lifecycle.asked).toEqual([{ region: REGION, amiIds: [AMI] }]);
});

test('in memory a call can fail, once', async () => {
  const lifecycle = memoryAmiLifecycle();
  lifecycle.failNext(namedError('RequestLimitExceeded'));
  await expect(lifecycle.disable(REGION, AMI)).rejects.toMatchObject({ name: 'RequestLimitExceeded' });
  await lifecycle.disable(REGION, AMI);
  expect(lifecycle.ami(REGION, AMI)).toMatchObject({ disabled: true });
});
