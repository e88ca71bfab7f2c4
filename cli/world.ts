import type { ApiClient, Environment } from '../src/api/client.ts';

/** Everything the command line touches outside itself. */
export interface World {
  /** Standard output, standard error. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a person watches standard output. */
  readonly terminal: boolean;
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number;
  readonly environment: Environment;
  readonly client: (identity: {
    readonly profile?: string;
    readonly stackName?: string;
  }) => Promise<ApiClient>;
  /** A name nobody else has, for requests that must not be done twice. */
  readonly newId: () => string;
  /** Ends early when the signal is raised. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Raised by Ctrl-C from now on, instead of ending the program, until disposed of. */
  readonly interruptible: () => { readonly signal: AbortSignal; readonly dispose: () => void };
}
