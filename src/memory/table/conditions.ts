import { pointerKey } from '../../core/base-images/pointer.ts';
import { potAfter } from '../../core/money/potAfter.ts';
import type { PotBalance } from '../../core/money/pot.ts';
import { targetKey } from '../../core/words.ts';
import type { PotWrite, Write } from '../../core/writes.ts';
import { amiKey, attemptKey, observationKey, slotKey, updateKey, type Store } from './store.ts';

/** The writes whose condition does not hold now. Writes of one pot see each other, in their order. */
export function conflictsOf(store: Store, writes: readonly Write[]): Write[] {
  const pots = new Map(store.pots);
  return writes.filter((write) =>
    write.kind === 'reserve' || write.kind === 'settle' ? !enter(pots, write) : !holds(store, write),
  );
}

function enter(pots: Map<string, PotBalance>, write: PotWrite): boolean {
  const after = potAfter(pots.get(write.pot), write);
  if (after === undefined) return false;
  pots.set(write.pot, after);
  return true;
}

/** What a pointer is expected to show. */
const EXPECTED = ['imageId', 'parameter', 'parameterVersion', 'parameterModifiedAt'] as const;

/** The condition that src/core/writes.ts documents for each kind. */
function holds(store: Store, write: Exclude<Write, PotWrite>): boolean {
  switch (write.kind) {
    case 'region-build':
      return (store.regionBuilds.get(write.after.id)?.revision ?? null) === write.expects;
    case 'enter-queue':
      return !store.queued.has(targetKey(write.target));
    case 'leave-queue':
      return store.queued.get(targetKey(write.target)) === write.regionBuild;
    case 'enter-running':
      return !store.running.has(targetKey(write.target));
    case 'leave-running':
      return store.running.get(targetKey(write.target)) === write.regionBuild;
    case 'take-slot':
      return !store.slots.has(slotKey(write));
    case 'free-slot': {
      const owner = store.slots.get(slotKey(write));
      return owner?.regionBuild === write.regionBuild && owner.attempt === write.attempt;
    }
    case 'attempt':
      return (store.attempts.get(attemptKey(write.after))?.after.state ?? null) === write.expects;
    case 'target':
      return (store.targets.get(targetKey(write.after))?.revision ?? null) === write.expects;
    case 'ami': {
      const before = store.amis.get(amiKey(write.after));
      const marked = write.unmarked === true && before?.pending !== undefined;
      return (before?.after.state ?? null) === write.expects && !marked;
    }
    case 'package-check':
      return (store.packageChecks.get(targetKey(write.after))?.revision ?? null) === write.expects;
    case 'image-owner':
      return (store.imageOwners.get(write.imageArn) ?? write.regionBuild) === write.regionBuild;
    case 'pointer': {
      const stored = store.pointers.get(pointerKey(write.after));
      if (write.expects === null || stored === undefined)
        return write.expects === null && stored === undefined;
      const { expects } = write;
      return EXPECTED.every((field) => stored[field] === expects[field]);
    }
    case 'assessment': {
      const update = store.updates.get(updateKey(write));
      return update !== undefined && (update.assessment?.assessedAt ?? null) === write.expects;
    }
    case 'observation-handled':
      return (
        store.observations.get(observationKey(write.observation))?.after.seenAt === write.observation.seenAt
      );
    case 'build-member':
    case 'observation':
    case 'update-seen':
    case 'announce':
    case 'explain':
      return true;
  }
}
