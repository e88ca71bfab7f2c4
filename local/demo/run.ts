import { CHECKOUT, LOCAL_DIR } from '../aws/checkout.ts';
import { parseArguments, USAGE, UsageError, type DemoOptions } from './arguments.ts';
import { demo } from './demo.ts';
import { removeEnvironmentFile } from './environmentFile.ts';
import { Interrupted, lifetime } from './lifetime.ts';
import { beOnlyRun } from './onlyRun.ts';
import { endOnSignals } from './signals.ts';
import { plainScreen, terminalScreen, type Screen } from './view/screen.ts';

/** Exit codes, beside those of signals. */
const EXIT = { GOOD: 0, BAD: 1, USAGE: 2 } as const;

/** From arguments to exit code: nothing of the run is left when it returns. */
export async function run(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const options = parseArguments(argv);
    if (options !== 'help') return await runDemo(options, env);
    console.log(USAGE);
    return EXIT.GOOD;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return EXIT.USAGE;
  }
}

async function runDemo(options: DemoOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const life = lifetime();
  const { ended, hold, end, closeAll } = life;
  const screen = screenOf(env, () => performance.now());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has gone, such as `head`, ends the run; nobody would see the rest.
    end(error.code === 'EPIPE' ? new Interrupted('Nobody reads any more.', EXIT.BAD) : error);
  });
  const undo = endOnSignals(life, env);
  let good = false;
  try {
    const only = hold(beOnlyRun(LOCAL_DIR), ({ release }) => {
      removeEnvironmentFile(CHECKOUT);
      release();
    });
    await Promise.race([only, ended]);
    // That of a run that was killed.
    removeEnvironmentFile(CHECKOUT);
    good = await Promise.race([
      demo(options, { screen, lifetime: life, now: () => performance.now() }),
      ended,
    ]);
    if (options.exit) return good ? EXIT.GOOD : EXIT.BAD;
    // Until someone ends it, or the local AWS ends.
    return await ended;
  } catch (error) {
    if (error instanceof Interrupted) {
      screen.show([]);
      screen.say(error.message);
      return good ? EXIT.GOOD : error.exitCode;
    }
    screen.show([]);
    screen.say(`✗ ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.BAD;
  } finally {
    await closeAll();
    undo();
  }
}

function screenOf(env: NodeJS.ProcessEnv, elapsed: () => number): Screen {
  const { stdout } = process;
  const write = (text: string): void => void stdout.write(text);
  if (!stdout.isTTY || env['TERM'] === 'dumb') return plainScreen({ write, elapsed });
  return terminalScreen({
    ...{ write, elapsed },
    columns: () => stdout.columns,
    rows: () => stdout.rows,
    // https://no-color.org: any value but an empty one.
    colours: !env['NO_COLOR'],
  });
}
