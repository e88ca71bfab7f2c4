import type { Instant } from '../../../src/core/words.ts';
import type { TablePorts } from '../../../src/ports.ts';

/** A table of its own for each test, in memory or on DynamoDB. */
export interface TableUnderTest extends TablePorts {
  /** The table's clock; tests set it. */
  readonly clock: { now: Instant };
  /** What `AwaitTurn` and `AwaitImage` of the state machine do; false where their condition does not hold. */
  readonly stateMachine: {
    storeTurn(id: string, turn: { token: string; execution: string; at: Instant }): Promise<boolean>;
    storeImageToken(id: string, of: { arn: string; token: string; execution: string }): Promise<boolean>;
  };
}

export type MakeTable = () => Promise<TableUnderTest>;
