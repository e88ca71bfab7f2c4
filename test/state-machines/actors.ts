import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** The functions that the definition calls. */
export const ACTORS = [
  'check-budget',
  'start-image',
  'record-image',
  'publish-image',
  'record-failure',
] as const;
export type Actor = (typeof ACTORS)[number];

export interface Cue {
  readonly id: string;
  readonly execution: string;
  readonly error?: { readonly Error: string; readonly Cause: string };
}

/** What a function does when it is called: its answer, or the error it ends with. */
export type Part = (cue: Cue) => unknown;
export type Parts = Readonly<Partial<Record<Actor, Part>>>;

/** The whole code of every function: it asks the test what to answer. */
export const CODE = `
  exports.handler = async (cue) => {
    const body = JSON.stringify({ actor: process.env.AWS_LAMBDA_FUNCTION_NAME, cue });
    const answer = await (await fetch(process.env.PROMPTER, { method: 'POST', body })).json();
    if (answer.failed) throw Object.assign(new Error(answer.failed.message), { name: answer.failed.name });
    return answer.returned;
  };`;

/** An error by whose name the definition goes on. */
export function fails(name: string, message = ''): Part {
  return () => {
    throw Object.assign(new Error(message), { name });
  };
}

/** One part at each call; the last one stays. */
export function inTurn(...parts: readonly Part[]): Part {
  let call = 0;
  return (cue) => parts[Math.min(call++, parts.length - 1)]?.(cue);
}

export interface Prompter {
  readonly url: string;
  /** What the functions do for this region build. */
  readonly parts: Map<string, Parts>;
  /** Every call, in order. */
  readonly calls: (Cue & { readonly actor: Actor })[];
  close(): void;
}

/** Tells the functions of the local AWS what to answer: each test knows its own region builds. */
export async function aPrompter(): Promise<Prompter> {
  const parts: Prompter['parts'] = new Map();
  const calls: Prompter['calls'] = [];
  const answer = async ({ actor, cue }: { actor: Actor; cue: Cue }): Promise<object> => {
    calls.push({ actor, ...cue });
    const part = parts.get(cue.id)?.[actor];
    try {
      if (part === undefined) throw new Error(`${actor} has no part in ${cue.id}`);
      return { returned: (await part(cue)) ?? null };
    } catch (error) {
      const { name, message } = error as Error;
      return { failed: { name, message } };
    }
  };
  const server = createServer((request, response) => {
    void json(request)
      .then((body) => answer(body as Parameters<typeof answer>[0]))
      .then((said) => response.end(JSON.stringify(said)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    parts,
    calls,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
