/** What happens at a write: throw to die there, or let somebody else act in between. */
export type Interruption = () => void | Promise<void>;

/** Thrown where a test lets its caller die. */
export class Died extends Error {
  override readonly name = 'Died';
  constructor() {
    super('died here, as the test wanted');
  }
}

/** The interruption that ends the caller. */
export function die(): never {
  throw new Died();
}

/** Faults that tests put between the writes of whoever uses the table. Every write counts: commits, saves, notes. */
export interface Faults {
  /** Number of writes that were asked for so far. */
  readonly writes: number;
  /** Before the n-th write from now (1: the next) happens. Nothing of it is written if the interruption throws. */
  beforeWrite(n: number, interruption: Interruption): void;
  /** After the n-th write from now has happened, but before its answer is known. */
  afterWrite(n: number, interruption: Interruption): void;
}

export interface FaultyWriting extends Faults {
  /** Carries out a write between its interruptions. */
  write<T>(act: () => T): Promise<T>;
}

export function faultyWriting(): FaultyWriting {
  const before = new Map<number, Interruption>();
  const after = new Map<number, Interruption>();
  let writes = 0;
  return {
    get writes() {
      return writes;
    },
    beforeWrite: (n, interruption) => void before.set(writes + n, interruption),
    afterWrite: (n, interruption) => void after.set(writes + n, interruption),
    async write(act) {
      const mine = ++writes;
      await before.get(mine)?.();
      const answer = act();
      await after.get(mine)?.();
      return answer;
    },
  };
}
