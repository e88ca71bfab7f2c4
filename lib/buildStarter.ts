import { Construct } from 'constructs';
import { EVENT_SOURCE, EVENTS } from '../src/contract.ts';
import type { CompileTemplate } from './compileTemplate.ts';
import type { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import { LoopFunction } from './loopFunction.ts';
import type { StateTable } from './stateTable.ts';

export interface BuildStarterProps {
  readonly house: House;
  readonly table: StateTable;
  readonly compileTemplate: CompileTemplate;
  readonly deadLetters: DeadLetters;
}

/** Gives every region build that is queued its execution, which then waits for its turn. */
export class BuildStarter extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { house, table, compileTemplate, deadLetters }: BuildStarterProps,
  ) {
    super(scope, id);
    const start = new LoopFunction(this, 'StartExecution', {
      house,
      name: 'start-execution',
      description: 'Starts the execution of a queued region build',
      deadLetters,
    });
    table.grantRead(start);
    compileTemplate.grantStart(start);
    start.onEvent('BuildQueued', 'A region build was queued', {
      source: [EVENT_SOURCE],
      detailType: [EVENTS.BUILD_QUEUED],
    });
  }
}
