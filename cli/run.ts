import { CommanderError } from 'commander';
import { EXIT, leafAdder, type Exit } from './command.ts';
import { failureAnswer, failureLines, UsageError } from './failure.ts';
import { program } from './program.ts';
import { cleanJson } from './text/clean.ts';
import type { World } from './world.ts';

/**
 * Runs one command: its answer on standard output, one clear sentence on standard error if it fails.
 * @returns the exit code: 0 done, 1 refused or failed, 2 called wrongly, 130 interrupted
 */
export async function run(argv: readonly string[], world: World): Promise<Exit> {
  let code: Exit = EXIT.DONE;
  const add = leafAdder(world, (given) => (code = given));
  const cws = program(add, (command) =>
    command.exitOverride().configureOutput({ writeOut: world.out, writeErr: world.err }),
  );
  try {
    await cws.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.DONE : EXIT.USAGE;
    return failed(error, argv, world);
  }
}

function failed(error: unknown, argv: readonly string[], world: World): Exit {
  const failure = failureAnswer(error);
  if (asksForJson(argv)) world.out(`${cleanJson(failure)}\n`);
  world.err(
    failureLines(failure)
      .map((line) => `${line}\n`)
      .join(''),
  );
  if (world.environment['CWS_DEBUG'] && error instanceof Error) world.err(`${error.stack ?? ''}\n`);
  return error instanceof UsageError ? EXIT.USAGE : EXIT.FAILED;
}

function asksForJson(argv: readonly string[]): boolean {
  return (
    argv.includes('--output=json') ||
    argv.some((arg, index) => arg === '--output' && argv[index + 1] === 'json')
  );
}
