import type { AmiParameters } from '../ports.ts';
import { faultQueue, type NextFaults } from './nextFaults.ts';

export interface MemoryAmiParameters extends AmiParameters, NextFaults {
  /** Every put that was answered, in order, also those that AWS drops afterwards. */
  readonly puts: readonly { readonly region: string; readonly name: string; readonly amiId: string }[];
  /** Somebody deletes it by hand. */
  remove(region: string, name: string): void;
  /** EC2 does not know this image: whoever puts it gets an answer, and the parameter stays as it was. */
  disown(amiId: string): void;
  /** From now on AWS takes its time to check what is put: readers see the old value until `settle`. */
  delay(): void;
  /** The checks that are under way come to their end, and later ones are made at once. */
  settle(): void;
}

/** Parameters of data type `aws:ec2:image` in memory: AWS checks the value after it has answered. */
export function memoryAmiParameters(): MemoryAmiParameters {
  const values = new Map<string, string>();
  const puts: { region: string; name: string; amiId: string }[] = [];
  const disowned = new Set<string>();
  const faults = faultQueue();
  let pending: (() => void)[] | undefined;
  return {
    puts,
    failNext: faults.failNext,
    remove: (region, name) => void values.delete(`${region}${name}`),
    disown: (amiId) => void disowned.add(amiId),
    delay: () => void (pending ??= []),
    settle() {
      pending?.forEach((check) => check());
      pending = undefined;
    },
    async put(region, name, amiId) {
      faults.throwNext();
      puts.push({ region, name, amiId });
      const check = () => {
        if (!disowned.has(amiId)) values.set(`${region}${name}`, amiId);
      };
      if (pending === undefined) check();
      else pending.push(check);
      return values.get(`${region}${name}`);
    },
    get: async (region, name) => values.get(`${region}${name}`),
    several: async (region, names) =>
      new Map(
        names.flatMap((name): [string, string][] => {
          const value = values.get(`${region}${name}`);
          return value === undefined ? [] : [[name, value]];
        }),
      ),
  };
}
