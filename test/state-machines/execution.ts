import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  type DescribeExecutionCommandOutput,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { vi } from 'vitest';
import type { RegionBuild } from '../../src/core/builds/regionBuild.ts';
import type { Stage } from './stage.ts';

/** One execution, as those see it who grant, resume and mend. */
export interface Execution {
  readonly arn: string;
  /** The token with which it waits for its turn, once it has stored one that was not asked for before. */
  turn(): Promise<string>;
  /** The same for its image. */
  image(): Promise<string>;
  succeed(token: string): Promise<unknown>;
  fail(token: string, error: string, cause?: string): Promise<unknown>;
  /** What dispatch does: `queued → granted`, then the token. */
  grant(): Promise<void>;
  /** How it ended. */
  end(): Promise<DescribeExecutionCommandOutput>;
  /** Every state it entered, in order. */
  states(): Promise<readonly string[]>;
  /** What AWS counts and charges: every state entered, every repetition, and the end. */
  transitions(): Promise<number>;
}

interface Surroundings extends Pick<Stage, 'read' | 'change'> {
  readonly sfn: SFNClient;
  readonly stateMachineArn: string;
}

/** Not what it takes, but what a busy machine may take. */
const PATIENCE = { timeout: 30_000, interval: 20 };

export async function anExecution(
  { sfn, stateMachineArn, read, change }: Surroundings,
  id: string,
  number: number,
): Promise<Execution> {
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: `${id}-${number}`, input: JSON.stringify({ id }) }),
  );
  const given = new Set<string>();
  const newToken = (wait: (build: RegionBuild) => { token?: string; execution?: string } | undefined) =>
    vi.waitFor(async () => {
      const { token, execution } = wait(await read(id)) ?? {};
      if (token === undefined || execution !== executionArn || given.has(token))
        throw new Error(`${id} has no new token of its execution ${number}`);
      given.add(token);
      return token;
    }, PATIENCE);
  const history = async () => {
    const { events = [] } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }),
    );
    return events;
  };
  const execution: Execution = {
    arn: executionArn!,
    turn: () => newToken(({ turn }) => turn),
    image: () => newToken(({ image }) => image),
    succeed: (taskToken) => sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' })),
    fail: (taskToken, error, cause = '') => sfn.send(new SendTaskFailureCommand({ taskToken, error, cause })),
    async grant() {
      const token = await execution.turn();
      await change(id, () => ({ status: 'granted' }));
      await execution.succeed(token);
    },
    end: () =>
      vi.waitFor(async () => {
        const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
        if (described.status === 'RUNNING') throw new Error(`${id}-${number} still runs`);
        return described;
      }, PATIENCE),
    states: async () =>
      (await history()).flatMap(({ stateEnteredEventDetails: entered }) => entered?.name ?? []),
    async transitions() {
      const types = (await history()).map(({ type = '' }) => type);
      const count = (pattern: RegExp) => types.filter((type) => pattern.test(type)).length;
      const repetitions = count(/^TaskScheduled$/) - count(/^TaskStateEntered$/);
      return count(/StateEntered$/) + repetitions + 1;
    },
  };
  return execution;
}
