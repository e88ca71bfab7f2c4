import type { Write } from '../../core/writes.ts';
import type { Operation } from './transact.ts';

/** One part of a commit's transaction: what it does to one item, and for which writes. */
export interface Action {
  readonly operation: Operation;
  readonly writes: readonly Write[];
  /** Its condition says "not yet so": where it is refused, nothing is left to do. */
  readonly onlyOnce?: true;
}
