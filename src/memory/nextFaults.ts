/** Errors that the next calls throw, in this order: how tests play a service that fails. */
export interface NextFaults {
  /** The next calls, as many as there are errors, throw these. */
  readonly failNext: (...errors: readonly Error[]) => void;
}

export interface FaultQueue extends NextFaults {
  /** @throws Error the next fault, if one is left */
  throwNext(): void;
}

export function faultQueue(): FaultQueue {
  const waiting: Error[] = [];
  return {
    failNext: (...errors) => void waiting.push(...errors),
    throwNext() {
      const next = waiting.shift();
      if (next !== undefined) throw next;
    },
  };
}

/** An error as the SDK throws it: known by its name. */
export function namedError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}
