/** Requests a caller may make: `perSecond` on the long run, `burst` at once. */
export interface TokenBucket {
  /** Takes one token; `false` if there is none. */
  take(now: number): boolean;
}

export function tokenBucket(perSecond: number, burst: number, startedAt: number): TokenBucket {
  let tokens = burst;
  let filledAt = startedAt;
  return {
    take(now) {
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
