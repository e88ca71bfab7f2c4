/** How each member of a record is made, when it is first asked for. */
export type Makers<T extends object> = { readonly [K in keyof T]: () => T[K] };

/**
 * A record whose members are made when they are first asked for, and once. A function then needs the environment
 * variables, clients and permissions of what it uses, and pays at its cold start for nothing else.
 */
export function lazily<T extends object>(makers: Makers<T>): T {
  const record = {};
  for (const name of Object.keys(makers)) {
    Object.defineProperty(record, name, {
      enumerable: true,
      configurable: true,
      get(): unknown {
        const value: unknown = Reflect.get(makers, name)();
        Object.defineProperty(record, name, { enumerable: true, value });
        return value;
      },
    });
  }
  return record as T;
}
