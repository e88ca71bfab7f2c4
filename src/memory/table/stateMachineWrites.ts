import type { RegionBuild, Turn } from '../../core/builds/regionBuild.ts';
import type { Change } from '../../core/changes.ts';
import type { Instant } from '../../core/words.ts';
import { apply } from './apply.ts';
import type { Store } from './store.ts';

/** What the states of `compile-template` do to a region build themselves, with the conditions of the definition. */
export interface StateMachineWrites {
  /** `AwaitTurn`. False if its condition does not hold: the execution ends there. */
  storeTurn(id: string, turn: { token: string; execution: string; at: Instant }): boolean;
  /** `AwaitImage`. */
  storeImageToken(id: string, of: { arn: string; token: string; execution: string }): boolean;
}

export function stateMachineWrites(store: Store, seen: (changes: Change[]) => void): StateMachineWrites {
  const change = (before: RegionBuild, changed: Partial<RegionBuild>) => {
    const after = { ...before, ...changed, revision: before.revision + 1 };
    seen(apply(store, { kind: 'region-build', after, expects: before.revision }));
    return true;
  };
  return {
    storeTurn(id, { token, execution, at }) {
      const before = store.regionBuilds.get(id);
      if (before?.status !== 'queued' && before?.status !== 'granted') return false;
      if (before.turn !== undefined && before.turn.execution !== execution) return false;
      const turn: Turn = { token, execution, storedAt: at };
      return change(before, { turn });
    },
    storeImageToken(id, { arn, token, execution }) {
      const before = store.regionBuilds.get(id);
      if (before?.status !== 'running' || before.image?.arn !== arn) return false;
      return change(before, { image: { ...before.image, token, execution } });
    },
  };
}
