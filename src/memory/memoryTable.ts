import { by } from '../core/by.ts';
import type { Change } from '../core/changes.ts';
import { assertOneCommit } from '../core/oneCommit.ts';
import type { Announcements, Clock, Pots, Slots, TablePorts } from '../ports.ts';
import { apply } from './table/apply.ts';
import { conflictsOf } from './table/conditions.ts';
import { faultyWriting, type Faults } from './table/faults.ts';
import { memoryLaunches } from './table/launches.ts';
import {
  memoryActivity,
  memoryOnce,
  memoryPolicies,
  memoryScanReports,
  memoryTemplates,
  type Writing,
} from './table/ownWrites.ts';
import { memoryPackageChecks, memoryPackageLists } from './table/packageLists.ts';
import { memoryAmis, memoryBaseImages, memoryRegionBuilds, memoryTargets } from './table/reads.ts';
import { stateMachineWrites, type StateMachineWrites } from './table/stateMachineWrites.ts';
import { emptyStore, type Store } from './table/store.ts';

/** The table in memory, with what tests and the simulator need beside its ports. */
export interface MemoryTable extends TablePorts {
  /** What a reader of the stream would have seen since the last `drain`, in order. */
  readonly changes: readonly Change[];
  /** Takes the changes away, as a reader does. */
  drain(): Change[];
  readonly faults: Faults;
  /** What the states of `compile-template` write themselves. */
  readonly stateMachine: StateMachineWrites;
}

export function memoryTable({ now }: { readonly now: Clock }): MemoryTable {
  const store = emptyStore();
  const changes: Change[] = [];
  const writing = faultyWriting();
  const seen = (more: Change[]) => void changes.push(...more);
  const own: Writing = { store, writing, seen, now };
  return {
    commits: {
      commit: (writes) =>
        writing.write(() => {
          assertOneCommit(writes);
          const conflicts = conflictsOf(store, writes);
          if (conflicts.length > 0) return { committed: false, conflicts };
          seen(writes.flatMap((write) => apply(store, write)));
          return { committed: true };
        }),
    },
    baseImages: memoryBaseImages(store),
    regionBuilds: memoryRegionBuilds(store),
    targets: memoryTargets(store),
    amis: memoryAmis(store),
    packageLists: memoryPackageLists(own),
    packageChecks: memoryPackageChecks(store),
    templates: memoryTemplates(own),
    policies: memoryPolicies(own),
    pots: memoryPots(store),
    slots: memorySlots(store),
    announcements: memoryAnnouncements(store),
    launches: memoryLaunches(own),
    scanReports: memoryScanReports(own),
    once: memoryOnce(own),
    activity: memoryActivity(own),
    changes,
    drain: () => changes.splice(0),
    faults: writing,
    stateMachine: stateMachineWrites(store, seen),
  };
}

function memoryPots(store: Store): Pots {
  return {
    balances: async (keys) =>
      [...new Set(keys)].map((key) => store.pots.get(key)).filter((balance) => balance !== undefined),
  };
}

function memoryAnnouncements(store: Store): Announcements {
  return {
    told: async (keys) =>
      [...new Set(keys)].map((key) => store.announcements.get(key)).filter((found) => found !== undefined),
  };
}

function memorySlots(store: Store): Slots {
  return {
    taken: async (region) =>
      [...store.slots.values()].filter((slot) => slot.region === region).sort(by(({ slot }) => slot)),
  };
}
