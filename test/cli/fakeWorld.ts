import type { World } from '../../cli/world.ts';
import type { ApiClient } from '../../src/api/client.ts';
import type { AnswerOf, RequestTo, RouteName } from '../../src/api/routes.ts';
import { run } from '../../cli/run.ts';
import { SAMPLES } from '../api/sampleAnswers.ts';

type Answers = { readonly [N in RouteName]?: (request: RequestTo<N>) => AnswerOf<N> };

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What was asked of the API, in order. */
  readonly calls: readonly (readonly [RouteName, unknown])[];
}

/** Runs one command against an API that answers with the samples, or as told. */
export async function runCws(
  argv: readonly string[],
  answers: Answers = {},
  changes: Partial<World> = {},
): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const calls: [RouteName, unknown][] = [];
  const client: ApiClient = {
    async call(name, request) {
      calls.push([name, request]);
      return answers[name]?.(request) ?? SAMPLES[name];
    },
  };
  const code = await run(argv, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    terminal: false,
    width: Infinity,
    environment: {},
    client: async () => client,
    newId: () => '00000000-0000-4000-8000-000000000000',
    sleep: async () => undefined,
    interruptible: () => ({ signal: new AbortController().signal, dispose: () => undefined }),
    ...changes,
  });
  return { code, out: out.join(''), err: err.join(''), calls };
}
