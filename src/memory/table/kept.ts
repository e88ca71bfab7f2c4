/**
 * A record as a table would keep it: a copy that nobody can change afterwards, without members that are undefined.
 */
export function kept<T>(value: T): T {
  return Object.freeze(copy(value)) as T;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kept);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, kept<unknown>(member)]),
  );
}
