import { paginateGetExecutionHistory, paginateListExecutions, type SFNClient } from '@aws-sdk/client-sfn';

/** What the executions of some region builds came to. */
export interface Executions {
  /** States entered in each: what Step Functions bills, but for retries. */
  readonly entered: readonly number[];
  /** Retries of a state, in all: each is billed as one more. */
  readonly retries: number;
  /** Those that did not succeed, by their names. */
  readonly unfinished: readonly string[];
}

/** Histories of all executions that started from a moment on. */
export async function executionsSince(
  since: number,
  { sfn, stateMachineArn }: { readonly sfn: SFNClient; readonly stateMachineArn: string },
): Promise<Executions> {
  const entered: number[] = [];
  const unfinished: string[] = [];
  let retries = 0;
  for await (const { executions = [] } of paginateListExecutions({ client: sfn }, { stateMachineArn }))
    for (const { executionArn, name = '', status, startDate } of executions) {
      if ((startDate?.getTime() ?? 0) < since) continue;
      if (status !== 'SUCCEEDED') unfinished.push(`${name}: ${status}`);
      const types: string[] = [];
      for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn }, { executionArn }))
        types.push(...events.map(({ type }) => type ?? ''));
      entered.push(statesEntered(types));
      retries += retriesIn(types);
    }
  return { entered, retries, unfinished };
}

/** Events such as `TaskStateEntered`. */
export function statesEntered(types: readonly string[]): number {
  return types.filter((type) => type.endsWith('StateEntered')).length;
}

/** A task that is scheduled again without its state being entered again. */
export function retriesIn(types: readonly string[]): number {
  const scheduled = types.filter((type) => type === 'TaskScheduled').length;
  return Math.max(0, scheduled - types.filter((type) => type === 'TaskStateEntered').length);
}
