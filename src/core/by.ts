/** Compares by what the keys say, the first that differs deciding; numbers ascending, texts by code unit. */
export function by<T>(...keys: ((record: T) => number | string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)];
      if (left < right) return -1;
      if (left > right) return 1;
    }
    return 0;
  };
}
