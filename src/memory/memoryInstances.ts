import type { Instance } from '../core/instances/instance.ts';
import type { Instances } from '../ports.ts';

export interface MemoryInstances extends Instances {
  /** Somebody launches one, or changes it: the same id replaces what was there. */
  add(instance: Instance): void;
  terminate(instanceId: string): void;
  /** From now on this region does not answer. */
  breakIn(region: string): void;
}

/** EC2's instances in memory: none until a test launches some. */
export function memoryInstances(): MemoryInstances {
  const instances = new Map<string, Instance>();
  const broken = new Set<string>();
  return {
    add: (instance) => void instances.set(instance.instanceId, instance),
    terminate: (instanceId) => void instances.delete(instanceId),
    breakIn: (region) => void broken.add(region),
    async launchedFrom(region, amiIds) {
      if (broken.has(region)) throw new Error(`EC2 of ${region} does not answer`);
      return [...instances.values()].filter(
        (instance) => instance.region === region && amiIds.includes(instance.imageId),
      );
    },
  };
}
