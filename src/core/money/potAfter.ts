import type { PotWrite } from '../writes.ts';
import type { PotBalance } from './pot.ts';

/**
 * The pot after a write, or undefined if the write does not hold: a reservation beyond the limit, or settling a pot
 * that was never used. What a settlement costs above its ceiling is counted as overrun as well.
 */
export function potAfter(before: PotBalance | undefined, write: PotWrite): PotBalance | undefined {
  if (write.kind === 'reserve') {
    const { reserved, settled, overrun } = before ?? { reserved: 0, settled: 0, overrun: 0 };
    if (reserved + settled + write.amount > write.limit) return undefined;
    return { key: write.pot, reserved: reserved + write.amount, settled, overrun };
  }
  if (before === undefined) return undefined;
  return {
    key: write.pot,
    reserved: before.reserved - write.ceiling,
    settled: before.settled + write.cost,
    overrun: before.overrun + Math.max(0, write.cost - write.ceiling),
  };
}
