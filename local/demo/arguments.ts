import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** End when all is done, saying by the exit code whether all went well; otherwise stay up. */
  readonly exit: boolean;
  /** Where the local AWS listens on loopback. @default any free port */
  readonly port?: number;
  /** Logs go to a directory of their own, which no later run overwrites. */
  readonly keepLog: boolean;
}

export const USAGE = `npm start [-- OPTIONS]: auto-ami on a local AWS, from an upstream image change to new AMIs in two regions

  --exit        end when it is done: 0 if every expected AMI is active and published, else 1 with the reason
  --port N      where the local AWS listens on 127.0.0.1 (otherwise any free port)
  --keep-log    keep this run's logs in a directory of their own below .local/log
  --help        this text`;

/** An argument that is not understood, in a sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * @returns what is to be done, or `help`
 * @throws UsageError
 */
export function parseArguments(argv: readonly string[]): DemoOptions | 'help' {
  const { help, exit, port, 'keep-log': keepLog } = valuesOf(argv);
  if (help) return 'help';
  return { exit, keepLog, ...(port === undefined ? {} : { port: portOf(port) }) };
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        exit: { type: 'boolean', default: false },
        port: { type: 'string' },
        'keep-log': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    // Node's second sentence is about its own syntax.
    const [first = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw new UsageError(`${first.replace(/\.$/, '')}. \`npm start -- --help\` says what there is.`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 1 to 65535, not "${text}".`);
}
