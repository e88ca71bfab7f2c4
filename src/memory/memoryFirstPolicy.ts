import type { FirstPolicy } from '../ports.ts';

/** The policy a deployment starts with, if it was given one. */
export function memoryFirstPolicy(text?: string): FirstPolicy {
  return { read: async () => text };
}
