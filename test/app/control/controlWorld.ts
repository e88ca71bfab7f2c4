import { operations } from '../../../src/app/control/operations.ts';
import type { ApiError } from '../../../src/api/errors.ts';
import {
  type AnswerOf,
  type Caller,
  type RequestOf,
  type RequestTo,
  type RouteName,
  ROUTES,
} from '../../../src/api/routes.ts';
import type { AnswerOf as Answer } from '../../../src/api/routes.ts';
import { loopOf } from '../loop.ts';
import { newWorld, REGIONS } from '../world.ts';

export const ADA = 'arn:aws:sts::111122223333:assumed-role/operators/ada';
export const BOB = 'arn:aws:sts::111122223333:assumed-role/operators/bob';

export const PYTHON_ML = `name: Python ML
slug: python-ml
base: amazon-linux-2023
packages:
  system: [python3]
`;

export const R_RESEARCH = `name: R Research
slug: r-research
base: amazon-linux-2023
packages:
  system: [R]
`;

/** Windows that are open at every hour, so that what may be built is built. */
export const ACT = `auto_ami_policy:
  # People decided this.
  mode: act
  build_window: '00:00-00:00'
  urgent_window: '00:00-00:00'
  jitter: '0 minutes'
`;

/** The default windows: off-peak from 02:00 UTC; it is 19:00. */
export const ACT_OFF_PEAK = `auto_ami_policy:
  mode: act
  jitter: '0 minutes'
`;

export type ControlWorld = Awaited<ReturnType<typeof controlWorld>>;

/** The control API's operations on memory, called as the gateway's handler calls them, and the loop that goes on behind. */
export async function controlWorld({
  policy = ACT,
  templates = [PYTHON_ML],
}: { readonly policy?: string; readonly templates?: readonly string[] } = {}) {
  const world = newWorld();
  const behind = operations(world.services);

  /** Asks as a client writes it; the answer must be as the contract promises it. */
  async function call<N extends RouteName>(
    name: N,
    request: RequestTo<N>,
    actor: string = ADA,
  ): Promise<Answer<N>> {
    const caller: Caller = { actor, requestId: 'request-1' };
    const operation: (request: RequestOf<N>, caller: Caller) => Promise<AnswerOf<N>> = behind[name];
    const answer = await operation(ROUTES[name].request.parse(request) as RequestOf<N>, caller);
    expectKeys(name, answer);
    return answer;
  }

  for (const region of REGIONS) await world.publishBase(region, 1);
  if (policy !== '') await call('changePolicy', { text: policy, reason: 'the test begins' });
  if (templates.length > 0)
    await call('applyTemplates', {
      templates: templates.map((text, index) => ({ file: `${index}.yaml`, text })),
    });
  return { world, call, loop: loopOf(world), services: world.services, operations: behind };
}

/** An answer of the contract's own keys and no others. */
function expectKeys(name: RouteName, answer: unknown): void {
  const parsed = ROUTES[name].answer.safeParse(answer);
  if (!parsed.success) throw new Error(`${name}: ${parsed.error.message}`);
  if (JSON.stringify(sorted(parsed.data)) !== JSON.stringify(sorted(answer)))
    throw new Error(`${name} answers more than its contract: ${JSON.stringify(answer)}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]),
  );
}

/** What an operation refuses with. */
export async function refusal(asked: Promise<unknown>): Promise<ApiError['answer']> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof Error && 'answer' in error) return (error as ApiError).answer;
    throw error;
  }
  throw new Error('it was not refused');
}

export const REQUEST = '00000000-0000-4000-8000-000000000001';
export const ANOTHER_REQUEST = '00000000-0000-4000-8000-000000000002';
