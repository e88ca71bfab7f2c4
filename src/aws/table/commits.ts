import { assertOneCommit, subjectOf } from '../../core/oneCommit.ts';
import type { Instant } from '../../core/words.ts';
import type { PotWrite, Write } from '../../core/writes.ts';
import type { Commits } from '../../ports.ts';
import type { Action } from './action.ts';
import { potAction, potConflicts } from './potActions.ts';
import { lineActions, memberActions } from './storyActions.ts';
import type { Table } from './table.ts';
import { transact, type Refused } from './transact.ts';
import { writeAction } from './writeAction.ts';

/** Lists of writes as transactions of DynamoDB. */
export function dynamoCommits(table: Table): Commits {
  return {
    async commit(writes) {
      assertOneCommit(writes);
      let actions = actionsOf(writes, table.now());
      while (actions.length > 0) {
        const refused = await transact(
          table,
          actions.map(({ operation }) => operation),
        );
        if (refused.length === 0) break;
        const conflicts = conflictsOf(actions, refused);
        if (conflicts.length > 0) return { committed: false, conflicts };
        // All that was refused is so already: the rest goes without it.
        actions = actions.filter((_, place) => !refused.some((each) => each.place === place));
      }
      return { committed: true };
    },
  };
}

/** The parts of the transaction: one for each item, whatever number of writes says something about it. */
function actionsOf(writes: readonly Write[], now: Instant): Action[] {
  const bySubject = new Map<string, Write[]>();
  for (const write of writes)
    bySubject.set(subjectOf(write), [...(bySubject.get(subjectOf(write)) ?? []), write]);
  return [...bySubject.values()].flatMap((group) => actionsOfGroup(group, now));
}

function actionsOfGroup(group: readonly Write[], now: Instant): Action[] {
  const [first] = group;
  if (first === undefined) return [];
  if (isPotWrite(first)) return [potAction(first.pot, group.filter(isPotWrite))];
  if (first.kind === 'build-member')
    return memberActions(
      first.build,
      group.filter((write) => write.kind === 'build-member'),
    );
  if (first.kind === 'explain')
    return lineActions(
      first.regionBuild,
      group.filter((write) => write.kind === 'explain'),
      now,
    );
  return [writeAction(first)];
}

function conflictsOf(actions: readonly Action[], refused: readonly Refused[]): Write[] {
  return refused.flatMap(({ place, item }) => {
    const action = actions[place];
    if (action === undefined || action.onlyOnce) return [];
    return action.writes.some(isPotWrite)
      ? potConflicts(action.writes.filter(isPotWrite), item)
      : action.writes;
  });
}

function isPotWrite(write: Write): write is PotWrite {
  return write.kind === 'reserve' || write.kind === 'settle';
}
