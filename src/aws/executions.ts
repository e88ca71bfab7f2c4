import {
  DescribeExecutionCommand,
  PublishStateMachineVersionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Executions } from '../ports.ts';
import { isNamed, unless } from './awsError.ts';
import { perRegion } from './clients.ts';

export interface ExecutionsOptions {
  readonly homeRegion: string;
  readonly stateMachineArn: string;
  readonly sfn?: SFNClient;
}

/** The task is over, its execution too, or the token was never one: all mean that somebody should read again. */
const STALE = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/** What Step Functions takes of an error and its cause, in characters. */
const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;

/**
 * Executions of `compile-template` in Step Functions.
 *
 * Actions: states:StartExecution, DescribeExecution, StopExecution, SendTaskSuccess, SendTaskFailure,
 * PublishStateMachineVersion.
 */
export function awsExecutions({
  homeRegion,
  stateMachineArn,
  sfn = perRegion(SFNClient)(homeRegion),
}: ExecutionsOptions): Executions {
  const arnOf = (name: string): string =>
    `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const describe = (name: string) =>
    unless(['ExecutionDoesNotExist'], undefined, () =>
      sfn.send(new DescribeExecutionCommand({ executionArn: arnOf(name) })),
    );
  return {
    async start(name, regionBuild) {
      const input = JSON.stringify({ id: regionBuild });
      try {
        await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      } catch (error) {
        if (!isNamed(error, 'ExecutionAlreadyExists')) throw error;
        // Closed meanwhile, or started by somebody else for another input: only the latter is a fault.
        if ((await describe(name))?.input !== input) throw error;
      }
    },
    async state(name) {
      const execution = await describe(name);
      if (execution === undefined) return { state: 'absent' };
      const { status, startDate } = execution;
      return {
        // What waits for its redrive will run again.
        state: status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'closed',
        ...(startDate === undefined ? {} : { startedAt: startDate.getTime() }),
      };
    },
    async stop(name, reason) {
      const request = { executionArn: arnOf(name), error: 'Stopped', cause: reason.slice(0, LONGEST_CAUSE) };
      try {
        await sfn.send(new StopExecutionCommand(request));
      } catch (error) {
        if (isNamed(error, 'ExecutionDoesNotExist')) return;
        // It came to its end a moment ago.
        if ((await describe(name))?.status === 'RUNNING') throw error;
      }
    },
    succeed: (taskToken, output) =>
      unless(STALE, 'stale', async () => {
        await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
        return 'sent' as const;
      }),
    fail: (taskToken, error, cause) =>
      unless(STALE, 'stale', async () => {
        await sfn.send(
          new SendTaskFailureCommand({
            taskToken,
            error: error.slice(0, LONGEST_ERROR),
            cause: cause.slice(0, LONGEST_CAUSE),
          }),
        );
        return 'sent' as const;
      }),
    /**
     * AWS keeps no date of a definition's last change: a state machine tells only when it was made. A version of it
     * has a date. Publishing one twice for the same definition answers the first, so that this is when the definition
     * was first asked about: at most one slow tick after its deployment. What started before that may have the older
     * definition; what has not is started anew for nothing, once, and waiting has no effects.
     */
    async definedAt() {
      const { creationDate } = await sfn.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
      return creationDate?.getTime() ?? 0;
    },
  };
}
