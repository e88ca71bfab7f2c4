import type { Instant } from '../../src/core/words.ts';
import type { Executions } from '../../src/ports.ts';
import type { StateMachineWrites } from '../../src/memory/table/stateMachineWrites.ts';
import { Died } from '../../src/memory/table/faults.ts';
import { choose, compileTemplateDefinition, functionOf, matches, type State } from './stateMachine.ts';

/** What the definition calls, by name; they answer with the output of their state. */
export type Steps = Readonly<Record<string, (input: never) => Promise<unknown>>>;

export interface Execution {
  readonly name: string;
  readonly regionBuild: string;
  readonly startedAt: Instant;
  state: string;
  status: 'running' | 'succeeded' | 'failed' | 'stopped';
  /** Waits with this token; absent: it goes on at the next `run`. */
  token?: string;
  input: Readonly<Record<string, unknown>>;
  /** Retries of the present state so far. */
  retries: number;
  hangs?: true;
  /** States entered, in order. */
  readonly path: string[];
  /** Error and cause of one that failed. */
  failure?: { readonly error: unknown; readonly cause: unknown };
}

export interface FakeStepFunctions extends Executions {
  readonly executions: ReadonlyMap<string, Execution>;
  /** Takes every execution as far as it goes; false if none could go on. */
  run(): Promise<boolean>;
  /** Takes every execution one state further. */
  step(): Promise<boolean>;
  /** Those that have neither ended nor been stopped. */
  running(): Execution[];
  /** Its present call is lost without an answer: it hangs where it is, until somebody stops it. */
  hang(name: string): void;
  /** A call of a state was repeated, as Step Functions may do: its token is stored anew. */
  waitAgain(name: string): void;
  /** Executions that started before are of an older definition. */
  redefine(): void;
  /** Every token that an execution stored. */
  readonly tokens: readonly string[];
}

const ARN = 'arn:aws:states:us-east-1:123456789012:execution:compile-template:';

/**
 * Step Functions in memory: executions walk the real definition, its retries (without their waits) and catches, and
 * store their tokens themselves. A handler that dies is what Lambda makes of it: `Lambda.Unknown`.
 */
export function fakeStepFunctions(
  steps: Steps,
  { stateMachine, now }: { readonly stateMachine: StateMachineWrites; readonly now: () => Instant },
): FakeStepFunctions {
  const { StartAt, States } = compileTemplateDefinition();
  const executions = new Map<string, Execution>();
  const tokens: string[] = [];
  let definedAt: Instant = 0;

  const stateOf = ({ state }: Execution): State => {
    const found = States[state];
    if (found === undefined) throw new Error(`the definition has no state ${state}`);
    return found;
  };
  const enter = (execution: Execution, state: string, input: Execution['input']) => {
    Object.assign(execution, { state, input, retries: 0 });
    delete execution.token;
    execution.path.push(state);
  };
  const end = (execution: Execution, status: Execution['status']) => {
    execution.status = status;
    delete execution.token;
  };
  const goOn = (execution: Execution, output: Execution['input']) => {
    const { Next } = stateOf(execution);
    if (Next === undefined) end(execution, 'succeeded');
    else enter(execution, Next, output);
  };
  const fail = (execution: Execution, Error: string, Cause: string) => {
    const state = stateOf(execution);
    delete execution.token;
    const retrier = state.Retry?.find(({ ErrorEquals }) => matches(ErrorEquals, Error));
    if (retrier !== undefined && execution.retries < retrier.MaxAttempts) {
      execution.retries += 1;
      return;
    }
    const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, Error));
    if (catcher === undefined) {
      execution.failure = { error: Error, cause: Cause };
      end(execution, 'failed');
    } else enter(execution, catcher.Next, { error: { Error, Cause } });
  };

  const storeToken = (execution: Execution): boolean => {
    const token = `token-${tokens.length + 1}`;
    const arn = `${ARN}${execution.name}`;
    const id = execution.regionBuild;
    const stored =
      execution.state === 'AwaitTurn'
        ? stateMachine.storeTurn(id, { token, execution: arn, at: now() })
        : stateMachine.storeImageToken(id, { arn: String(execution.input.imageArn), token, execution: arn });
    if (!stored) return false;
    tokens.push(token);
    execution.token = token;
    return true;
  };

  const call = async (execution: Execution, name: string): Promise<void> => {
    const step = steps[name];
    if (step === undefined) throw new Error(`the definition calls ${name}, which nobody gave`);
    const error = 'error' in execution.input ? { error: execution.input.error } : {};
    const input = { id: execution.regionBuild, execution: `${ARN}${execution.name}`, ...error };
    try {
      const output = await step(input as never);
      if (execution.status === 'running') goOn(execution, output as Execution['input']);
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
      if (execution.status !== 'running') return;
      const { name: errorType, message: errorMessage } = thrown;
      const cause = JSON.stringify({ errorType, errorMessage, trace: [] });
      if (thrown instanceof Died) fail(execution, 'Lambda.Unknown', 'the function died');
      else fail(execution, errorType, cause);
    }
  };

  const advance = async (execution: Execution): Promise<void> => {
    const state = stateOf(execution);
    switch (state.Type) {
      case 'Succeed': {
        end(execution, 'succeeded');
        return;
      }
      case 'Fail':
        execution.failure = { error: execution.input.error, cause: execution.input.cause };
        {
          end(execution, 'failed');
          return;
        }
      case 'Choice': {
        enter(execution, choose(state, execution.input.next), execution.input);
        return;
      }
      case 'Task': {
        const called = functionOf(state);
        if (called !== undefined) return call(execution, called);
        if (!storeToken(execution))
          fail(execution, 'DynamoDb.ConditionalCheckFailedException', 'The conditional request failed');
      }
    }
  };

  const step = async (): Promise<boolean> => {
    const next = ready();
    for (const execution of next) await advance(execution);
    return next.length > 0;
  };

  const waiting = (token: string): Execution | undefined =>
    [...executions.values()].find((execution) => execution.status === 'running' && execution.token === token);
  const running = () => [...executions.values()].filter(({ status }) => status === 'running');
  const ready = () => running().filter(({ token, hangs }) => token === undefined && hangs !== true);

  return {
    executions,
    tokens,
    running,
    step,
    async run() {
      let progress = false;
      while (await step()) progress = true;
      return progress;
    },
    hang(name) {
      const execution = executions.get(name);
      if (execution?.status !== 'running') throw new Error(`${name} does not run`);
      execution.hangs = true;
    },
    waitAgain(name) {
      const execution = executions.get(name);
      if (execution?.token === undefined || !storeToken(execution)) throw new Error(`${name} does not wait`);
    },
    redefine: () => void (definedAt = now()),
    definedAt: async () => definedAt,
    async start(name, regionBuild) {
      if (executions.has(name)) return;
      executions.set(name, {
        name,
        regionBuild,
        startedAt: now(),
        state: StartAt,
        status: 'running',
        input: { id: regionBuild },
        retries: 0,
        path: [StartAt],
      });
    },
    async state(name) {
      const found = executions.get(name);
      if (found === undefined) return { state: 'absent' };
      return { state: found.status === 'running' ? 'running' : 'closed', startedAt: found.startedAt };
    },
    async stop(name) {
      const found = executions.get(name);
      if (found?.status === 'running') end(found, 'stopped');
    },
    async succeed(token) {
      const execution = waiting(token);
      if (execution === undefined) return 'stale';
      goOn(execution, { id: execution.regionBuild });
      return 'sent';
    },
    async fail(token, error, cause) {
      const execution = waiting(token);
      if (execution === undefined) return 'stale';
      fail(execution, error, cause);
      return 'sent';
    },
  };
}
