import type { Instance } from '../../src/core/instances/instance.ts';
import { memoryInstances } from '../../src/memory/memoryInstances.ts';
import { instancesContract } from './instances.ts';

instancesContract(async () => {
  const instances = memoryInstances();
  const region = 'us-east-1';
  const tags = { Owner: 'ada', Name: 'analysis' };
  const launch = (instanceId: string, imageId: string, state: Instance['state']) => {
    instances.add({ instanceId, imageId, state, region, launchedAt: Date.UTC(2026, 10, 24), tags });
    return { amiId: imageId, instanceId };
  };
  const [A, B] = ['ami-0000000000000000a', 'ami-0000000000000000b'];
  const [first, second] = [launch('i-1', A, 'running'), launch('i-2', B, 'running')];
  const { instanceId: stopped } = launch('i-3', A, 'stopped');
  const { instanceId: gone } = launch('i-4', A, 'running');
  instances.terminate(gone);
  return { instances, region, first, second, stopped, gone, tags };
});
