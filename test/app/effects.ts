import { Died } from '../../src/memory/table/faults.ts';
import type { Services } from '../../src/ports.ts';

/** What happens at an effect: throw to die there, or let somebody else act in between. */
type Interruption = () => void | Promise<void>;

/** Effects on the world outside a handler: writes, and calls that change something. Reads are none. */
const EFFECTS = {
  commits: ['commit'],
  templates: ['save'],
  executions: ['start', 'stop', 'succeed', 'fail'],
  imageBuilder: ['start', 'cancel', 'tidy', 'remove'],
  amiLifecycle: ['deprecate', 'undeprecate', 'disable', 'deregister'],
  amiParameters: ['put'],
  events: ['publish'],
} as const satisfies Partial<Record<keyof Services, readonly string[]>>;

export interface Effects {
  /** Effects so far, by name. */
  readonly done: readonly string[];
  /** Before the n-th effect from now (1: the next) happens; after it, before its answer is known. */
  before(n: number, interruption: Interruption): void;
  after(n: number, interruption: Interruption): void;
  /** Runs a handler. Once it has died it does nothing more, whatever it would do in parallel or catch. */
  handle<T>(handler: () => Promise<T>): Promise<T>;
}

/** The same services, with a hand between any two effects of whoever uses them. */
export function withEffects(services: Services): { services: Services; effects: Effects } {
  const done: string[] = [];
  const hooks = { before: new Map<number, Interruption>(), after: new Map<number, Interruption>() };
  const life = { ended: false };
  const isDead = () => life.ended;
  const interrupt = async (interruption: Interruption | undefined) => {
    try {
      await interruption?.();
    } catch (error) {
      life.ended ||= error instanceof Died;
      throw error;
    }
    if (isDead()) throw new Died();
  };
  const through =
    (name: string, act: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]): Promise<unknown> => {
      if (isDead()) throw new Died();
      const mine = done.push(name);
      await interrupt(hooks.before.get(mine));
      const answer = await act(...args);
      await interrupt(hooks.after.get(mine));
      return answer;
    };
  const wrapped = Object.fromEntries(
    Object.entries(EFFECTS).map(([port, methods]) => {
      const original: object = services[port as keyof typeof EFFECTS];
      const counted = methods.map((method) => {
        const act = (original as Record<string, (...args: never[]) => Promise<unknown>>)[method];
        if (act === undefined) throw new Error(`${port} has no ${method}`);
        return [method, through(`${port}.${method}`, act)];
      });
      return [port, { ...original, ...Object.fromEntries(counted) }];
    }),
  );
  return {
    services: { ...services, ...wrapped },
    effects: {
      done,
      before: (n, interruption) => void hooks.before.set(done.length + n, interruption),
      after: (n, interruption) => void hooks.after.set(done.length + n, interruption),
      async handle(handler) {
        life.ended = false;
        try {
          return await handler();
        } catch (error) {
          throw isDead() ? new Died() : error;
        }
      },
    },
  };
}
