import fc from 'fast-check';
import { MINUTE } from '../../../src/core/words.ts';
import { A_BASE, anEstimate } from './builders.ts';
import type { Arrival } from './simulator.ts';

const ESTIMATES = [5, 20, 45, 110].map((minutes) =>
  anEstimate({ p90: minutes * MINUTE, maximumDuration: 2 * minutes * MINUTE, ceiling: minutes * 10_000 }),
);

/** How a build turns out, relative to what was assumed: in percent of the bound and of the ceiling. */
export const anyFuture = fc.record({
  estimate: fc.constantFrom(...ESTIMATES),
  duration: fc.integer({ min: 1, max: 100 }),
  cost: fc.integer({ min: 0, max: 130 }),
});
export type Future = typeof anyFuture extends fc.Arbitrary<infer Value> ? Value : never;

export const estimatesBy = (futures: ReadonlyMap<string, Future>) => ({
  estimateOf: ({ id }: { id: string }) => futures.get(id)!.estimate,
  baseImagesOf: () => [A_BASE],
});

/** The request as it comes, and what comes of it. */
export function arrivalOf(build: Arrival['build'], { estimate, duration, cost }: Future): Arrival {
  return {
    build,
    duration: Math.max(1, Math.floor((estimate.p90 * 1.5 * duration) / 100)),
    cost: Math.floor((estimate.ceiling * cost) / 100),
  };
}
