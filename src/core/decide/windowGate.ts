import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import type { Opening } from '../time/windowClock.ts';
import type { Instant } from '../words.ts';
import type { PolicyClocks } from './policyClocks.ts';
import { spreadOf } from './spread.ts';
import { type WindowKind, windowsOf } from './whenToStart.ts';

/** Where a build stands to the windows it may start in. */
export type WindowState =
  | { readonly kind: 'free' }
  | { readonly kind: 'open'; readonly window: WindowKind; readonly closes: Instant }
  /** The window is open, but its builds are spread over its first minutes. */
  | {
      readonly kind: 'spread';
      readonly window: WindowKind;
      readonly at: Instant;
      readonly closes: Instant;
    }
  | {
      readonly kind: 'closed';
      readonly window: WindowKind;
      readonly opening: Instant;
      readonly at: Instant;
    }
  /** The policy has no such window at all. */
  | { readonly kind: 'never'; readonly window: WindowKind };

const FREE: WindowState = { kind: 'free' };

/**
 * Looks at each kind of window once for a whole plan. What was requested while its window was open starts in it at
 * once; what waited for the opening starts a little after it, by the hash of its id.
 */
export function windowGate(
  policy: Policy,
  clocks: PolicyClocks,
  now: Instant,
): (build: RegionBuild) => WindowState {
  const nextOf = (kind: WindowKind): Opening | null => {
    const { clock } = clocks.windows[kind];
    const opening = clock.nextOpening(now);
    return Number.isFinite(opening) ? clock.instanceAt(opening) : null;
  };
  const next = { urgent: nextOf('urgent'), 'off-peak': nextOf('off-peak') };

  const openState = (window: WindowKind): WindowState => ({
    kind: 'open',
    window,
    closes: next[window]?.end ?? now,
  });
  const openStates = { urgent: openState('urgent'), 'off-peak': openState('off-peak') };

  const stateIn = (kind: WindowKind, build: RegionBuild): WindowState => {
    const opening = next[kind];
    if (opening === null) return { kind: 'never', window: kind };
    if (opening.start <= now && build.requestedAt >= opening.start) return openStates[kind];
    const at = opening.start + spreadOf(build.id, policy.jitter, opening.end - opening.start);
    if (opening.start > now) return { kind: 'closed', window: kind, opening: opening.start, at };
    return at > now ? { kind: 'spread', window: kind, at, closes: opening.end } : openStates[kind];
  };

  return (build) => {
    let best: WindowState | undefined;
    for (const kind of windowsOf(build, policy)) {
      const state = stateIn(kind, build);
      if (best === undefined || startOf(state) < startOf(best)) best = state;
    }
    return best ?? FREE;
  };
}

function startOf(state: WindowState): Instant {
  switch (state.kind) {
    case 'free':
    case 'open':
      return Number.NEGATIVE_INFINITY;
    case 'spread':
    case 'closed':
      return state.at;
    case 'never':
      return Number.POSITIVE_INFINITY;
  }
}
