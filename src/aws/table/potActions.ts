import { potAfter } from '../../core/money/potAfter.ts';
import type { PotWrite } from '../../core/writes.ts';
import type { Action } from './action.ts';
import { potKey } from './keys.ts';
import { ABSENT, PRESENT } from './operations.ts';
import { recordOf, type Item } from './record.ts';
import { POT } from './shapes.ts';
import type { Refused } from './transact.ts';

/**
 * All writes of one pot in one update, because a transaction may touch an item once. `committed` is reserved + settled
 * in one number: a condition can compare, but not add, so what the pot may hold before is worked out here.
 */
export function potAction(pot: string, writes: readonly PotWrite[]): Action {
  const sums = { reserved: 0, settled: 0, overrun: 0 };
  let highest = Infinity;
  for (const write of writes) {
    if (write.kind === 'reserve') {
      highest = Math.min(highest, write.limit - write.amount - sums.reserved - sums.settled);
      sums.reserved += write.amount;
    } else {
      sums.reserved -= write.ceiling;
      sums.settled += write.cost;
      sums.overrun += Math.max(0, write.cost - write.ceiling);
    }
  }
  return {
    writes,
    operation: {
      Update: {
        Key: { ...potKey(pot) },
        UpdateExpression:
          'SET #key = :key ADD reserved :reserved, settled :settled, overrun :overrun, committed :committed',
        ConditionExpression: condition(writes, highest),
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: {
          ':key': pot,
          ':reserved': sums.reserved,
          ':settled': sums.settled,
          ':overrun': sums.overrun,
          ':committed': sums.reserved + sums.settled,
          ...(highest === Infinity ? {} : { ':highest': highest }),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  };
}

/** A pot that was never used is empty, and counts as one; settling needs one that was. */
function condition([first]: readonly PotWrite[], highest: number): string {
  if (highest === Infinity) return PRESENT.ConditionExpression;
  const emptyWillDo = first?.kind === 'reserve' && highest >= 0;
  return emptyWillDo ? `${ABSENT.ConditionExpression} OR committed <= :highest` : 'committed <= :highest';
}

/** Which writes of a pot did not hold, by the pot as it was when they were refused. */
export function potConflicts(writes: readonly PotWrite[], item: Refused['item']): PotWrite[] {
  let pot = item === undefined ? undefined : recordOf(item as Item, POT);
  const conflicts: PotWrite[] = [];
  for (const write of writes) {
    const after = potAfter(pot, write);
    if (after === undefined) conflicts.push(write);
    else pot = after;
  }
  return conflicts;
}
