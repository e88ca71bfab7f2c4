import type { ApiClient } from '../src/api/client.ts';
import { clean, cleanJson } from './text/clean.ts';
import { coloured } from './text/colour.ts';
import { withShortNames } from './text/people.ts';
import type { World } from './world.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly output: 'text' | 'json';
  readonly stack?: string;
  readonly profile?: string;
}

/** One run of one command: the API as the caller wants it, and the way answers are shown. */
export interface Session {
  readonly world: World;
  readonly json: boolean;
  readonly client: () => Promise<ApiClient>;
  /** The answer as JSON, or as the view's lines in the width of the terminal. */
  readonly show: <A>(answer: A, view: (answer: A, width: number) => readonly string[]) => void;
}

export function openSession(world: World, { output, stack, profile }: CommonOptions): Session {
  const identity = {
    ...(stack === undefined ? {} : { stackName: stack }),
    ...(profile === undefined ? {} : { profile }),
  };
  const json = output === 'json';
  return {
    world,
    json,
    client: async () => world.client(identity),
    show: (answer, view) => {
      world.out(
        json ? `${cleanJson(answer)}\n` : textOf(view(withShortNames(clean(answer)), world.width), world),
      );
    },
  };
}

/** https://no-color.org: any value of NO_COLOR but an empty one means none. */
function textOf(lines: readonly string[], { terminal, environment }: World): string {
  const colours = terminal && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  return (colours ? coloured(lines) : lines).map((line) => `${line}\n`).join('');
}
