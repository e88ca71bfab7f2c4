import { mergeReasons } from '../decide/mergeReasons.ts';
import type { Policy } from '../policy/policy.ts';
import type { Write } from '../writes.ts';
import { without } from './compose.ts';
import { enqueue, type BuildCause, mergeInto, type RegionBuildWish } from './enqueue.ts';
import type { RegionBuild } from './regionBuild.ts';
import { newTargetState, type TargetState } from './target.ts';

/** What a wish becomes: a region build of its own, or part of the one that is queued already. */
export interface Asked {
  readonly kind: 'queued' | 'merged';
  readonly regionBuild: RegionBuild;
  readonly writes: Write[];
}

/**
 * Coalescing: a wish merges into the region build of its target that is queued, or queues as a new one, behind the
 * one that runs if there is one (design §4).
 */
export function ask(
  wish: RegionBuildWish,
  there: { readonly target: TargetState | undefined; readonly queued: RegionBuild | undefined },
  cause: BuildCause,
  policy: Pick<Policy, 'treatUnknownAs'>,
): Asked {
  const { target, queued } = there;
  if (queued === undefined) {
    const state = target ?? newTargetState(wish);
    return { kind: 'queued', ...enqueue(wish, { state, stored: target !== undefined }, cause) };
  }
  const merged = mergeReasons(queued, wish, policy) ?? queued;
  const before = without(queued, 'maxCost');
  return {
    kind: 'merged',
    regionBuild: { ...before, ...merged },
    writes: mergeInto(before, merged, wish.reasons, cause),
  };
}
