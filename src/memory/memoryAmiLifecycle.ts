import type { AmiLifecycle, AmiUse } from '../ports.ts';
import { faultQueue, namedError, type NextFaults } from './nextFaults.ts';

/** What EC2 would show of an AMI. */
export interface MemoryAmi {
  readonly region: string;
  readonly amiId: string;
  readonly deprecated: boolean;
  readonly disabled: boolean;
}

type AmiChange = 'deprecate' | 'undeprecate' | 'disable' | 'deregister';

export interface MemoryAmiLifecycle extends AmiLifecycle, NextFaults {
  /** There is an AMI that somebody else made: it does not carry our tag. */
  addForeign(region: string, amiId: string): void;
  /** From now on these use it; nobody, if there are none. */
  use(amiId: string, ...by: readonly string[]): void;
  /** From now on nobody can tell who uses it. */
  hideUse(amiId: string, because: string): void;
  /** Somebody deregisters it by hand. */
  remove(region: string, amiId: string): void;
  /** Undefined if it is gone. */
  ami(region: string, amiId: string): MemoryAmi | undefined;
  /** What changed something, oldest first: a call without an effect is none. */
  readonly changes: readonly {
    readonly change: AmiChange;
    readonly region: string;
    readonly amiId: string;
  }[];
  /** The AMIs that were asked about, call by call. */
  readonly asked: readonly { readonly region: string; readonly amiIds: readonly string[] }[];
}

/**
 * EC2's lifecycle of AMIs in memory. Every AMI that is named is there and ours, used by nobody, until a test says
 * otherwise. `failNext` is for all calls.
 */
export function memoryAmiLifecycle(): MemoryAmiLifecycle {
  const amis = new Map<string, MemoryAmi>();
  const gone = new Set<string>();
  const foreign = new Set<string>();
  const uses = new Map<string, AmiUse>();
  const faults = faultQueue();
  const changes: { change: AmiChange; region: string; amiId: string }[] = [];
  const asked: { region: string; amiIds: readonly string[] }[] = [];

  const keyOf = (region: string, amiId: string): string => `${region}/${amiId}`;
  const ami = (region: string, amiId: string): MemoryAmi | undefined =>
    gone.has(keyOf(region, amiId))
      ? undefined
      : (amis.get(keyOf(region, amiId)) ?? { region, amiId, deprecated: false, disabled: false });
  const remove = (region: string, amiId: string): void => void gone.add(keyOf(region, amiId));

  /** One change of an AMI that is there and ours, unless it is as wanted already. */
  const change = (name: AmiChange, region: string, amiId: string, wanted: Partial<MemoryAmi>): void => {
    faults.throwNext();
    const before = ami(region, amiId);
    if (before === undefined) return;
    if (foreign.has(keyOf(region, amiId))) throw namedError('NotOurAmi', `${amiId} does not carry our tag`);
    const after = { ...before, ...wanted };
    if (after.deprecated === before.deprecated && after.disabled === before.disabled && name !== 'deregister')
      return;
    amis.set(keyOf(region, amiId), after);
    changes.push({ change: name, region, amiId });
  };

  return {
    changes,
    asked,
    ami,
    remove,
    addForeign: (region, amiId) => void foreign.add(keyOf(region, amiId)),
    use: (amiId, ...by) => void uses.set(amiId, { kind: 'known', by }),
    hideUse: (amiId, because) => void uses.set(amiId, { kind: 'not-known-yet', because }),
    failNext: faults.failNext,
    async uses(region, amiIds) {
      faults.throwNext();
      asked.push({ region, amiIds });
      return new Map(
        amiIds
          .filter((amiId) => ami(region, amiId) !== undefined)
          .map((amiId): [string, AmiUse] => [
            amiId,
            foreign.has(keyOf(region, amiId))
              ? { kind: 'not-known-yet', because: 'it does not carry our tag' }
              : (uses.get(amiId) ?? { kind: 'known', by: [] }),
          ]),
      );
    },
    async isLaunchable(region, amiId) {
      faults.throwNext();
      return ami(region, amiId)?.disabled === false;
    },
    deprecate: async (region, amiId) => change('deprecate', region, amiId, { deprecated: true }),
    undeprecate: async (region, amiId) => change('undeprecate', region, amiId, { deprecated: false }),
    disable: async (region, amiId) => change('disable', region, amiId, { disabled: true }),
    async deregister(region, amiId) {
      change('deregister', region, amiId, {});
      remove(region, amiId);
    },
  };
}
