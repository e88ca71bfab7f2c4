import { readFileSync } from 'node:fs';

/** The parts of `state-machines/compile-template.asl.json` by which an execution finds its way. */
export interface State {
  readonly Type: 'Task' | 'Choice' | 'Fail' | 'Succeed';
  readonly Resource?: string;
  readonly Arguments?: {
    readonly FunctionName?: string;
    readonly Payload?: Readonly<Record<string, string>>;
  };
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Next?: string;
  readonly End?: boolean;
}

export interface StateMachine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const DEFINITION = new URL('../../state-machines/compile-template.asl.json', import.meta.url);

/** The real definition. */
export function compileTemplateDefinition(): StateMachine {
  const parsed: unknown = JSON.parse(readFileSync(DEFINITION, 'utf8'));
  return parsed as StateMachine;
}

/** `${CheckBudgetFunctionArn}` calls `checkBudget`. */
export function functionOf(state: State): string | undefined {
  const name = /^\$\{(\w+)FunctionArn\}$/.exec(state.Arguments?.FunctionName ?? '')?.[1];
  return name === undefined ? undefined : name.charAt(0).toLowerCase() + name.slice(1);
}

/** Where a choice leads: its conditions compare `next` of the input with a word. */
export function choose(state: State, next: unknown): string {
  const found = state.Choices?.find(
    ({ Condition }) => /^\{% \$states\.input\.next = '([a-z-]+)' %\}$/.exec(Condition)?.[1] === next,
  );
  const chosen = found?.Next ?? state.Default;
  if (chosen === undefined) throw new Error(`no choice for ${String(next)}`);
  return chosen;
}

export function matches(errorEquals: readonly string[], error: string): boolean {
  return errorEquals.includes(error) || errorEquals.includes('States.ALL');
}
