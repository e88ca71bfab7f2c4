import type { Instant } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, rewrite } from './compose.ts';
import { isOpen, type RegionBuild } from './regionBuild.ts';

export type Prioritizing =
  | { readonly kind: 'change'; readonly writes: readonly Write[] }
  | { readonly kind: 'same' | 'started' | 'closed' };

/**
 * Another place in the queue, by hand. It ranks within the same urgency and latest start, as every priority does; pot,
 * deadline and windows stay as they were fixed when it was asked for (design §4).
 */
export function prioritize(
  build: RegionBuild,
  priority: number,
  because: string,
  now: Instant,
): Prioritizing {
  const { id, status } = build;
  if (!isOpen(status)) return { kind: 'closed' };
  if (status !== 'queued') return { kind: 'started' };
  if (build.priority === priority && build.prioritized === true) return { kind: 'same' };
  return {
    kind: 'change',
    writes: [
      rewrite(build, { priority, prioritized: true }).write,
      explain(id, {
        at: now,
        rule: 'priority',
        because: `priority ${priority} instead of ${build.priority}, ${because}`,
      }),
    ],
  };
}
