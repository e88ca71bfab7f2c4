import { Option, type Command, type OptionValues } from 'commander';
import { openSession, type CommonOptions, type Session } from './session.ts';
import type { World } from './world.ts';

export const EXIT = { DONE: 0, FAILED: 1, USAGE: 2, INTERRUPTED: 130 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A command that can be run, not a group of them. */
export interface Leaf<Options extends OptionValues> {
  /** With its arguments, such as `build <template>`. */
  readonly usage: string;
  readonly summary: string;
  readonly options?: (command: Command) => Command;
  /** @returns the exit code; nothing means done */
  readonly run: (session: Session, args: readonly string[], options: Options) => Promise<Exit | void>;
}

/** Adds a leaf with the options that all have. */
export type AddLeaf = <Options extends OptionValues>(parent: Command, leaf: Leaf<Options>) => void;

export function leafAdder(world: World, exit: (code: Exit) => void): AddLeaf {
  return <Options extends OptionValues>(
    parent: Command,
    { usage, summary, options = (command) => command, run }: Leaf<Options>,
  ) => {
    options(parent.command(usage).description(summary))
      .addOption(new Option('--output <form>', 'how to answer').choices(['text', 'json']).default('text'))
      .option('--stack <name>', 'hub stack to ask, instead of AUTO_AMI_API_URL or AutoAmiHub')
      .option('--profile <name>', 'AWS profile')
      .action(async (...all: unknown[]) => {
        const command = all.at(-1) as Command;
        const session = openSession(world, command.opts<CommonOptions>());
        const args = command.processedArgs.flat().filter((arg) => typeof arg === 'string');
        exit((await run(session, args, command.opts<Options>())) ?? EXIT.DONE);
      });
  };
}

/** For options that may be given several times. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
