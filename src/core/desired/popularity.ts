import type { Reason } from '../builds/regionBuild.ts';
import type { LaunchDay } from '../launches.ts';
import { launchesWithin } from '../launches.ts';
import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import { daysInWords } from '../time/duration.ts';
import { DAY, type Instant, type Milliseconds } from '../words.ts';

interface Counted {
  readonly policy: Policy;
  readonly launches: readonly LaunchDay[];
  readonly now: Instant;
}

/** Launches of a template within the policy's window. */
export function recentLaunches(template: string, { policy, launches, now }: Counted): number {
  return launchesWithin(launches, template, policy.popularity.window, now);
}

/**
 * "Launches in the trailing 7 days ≥ threshold" (design §4, Triggers): a popular template is kept, and gets its first
 * image without being asked. Where it has one already, the levels of updates decide about the next; being popular adds to
 * its priority, and keeps it from being dormant (docs/adr/0010). The sentence names the threshold and not the count, so that the reason stays one and the same.
 */
export function popularReason(template: string, counted: Counted): Reason | undefined {
  const { enabled, window } = counted.policy.popularity;
  const { popularityThreshold } = templatePolicy(counted.policy, template);
  if (!enabled || recentLaunches(template, counted) < popularityThreshold) return undefined;
  const often = popularityThreshold === 1 ? 'once' : `${popularityThreshold} times`;
  const because = `${template} is popular: launched at least ${often} ${within(window)}`;
  return { trigger: 'popularity', at: counted.now, level: 'none', because };
}

/**
 * "Dormant templates (fewer than N launches in M days) get no dependency rebuilds." Why; undefined: it is not dormant. What
 * is popular is not, whatever numbers the policy has for the two.
 */
export function dormant(template: string, counted: Counted): string | undefined {
  const { policy, launches, now } = counted;
  if (popularReason(template, counted) !== undefined) return undefined;
  const { launches: fewest, window } = policy.dormancy;
  const found = fewest === 0 ? 0 : launchesWithin(launches, template, window, now);
  return found >= fewest
    ? undefined
    : `${template} is dormant, launched ${found} times ${within(window)}: it does not follow its base for that alone`;
}

/** What is counted: whole days, today being one of them. */
function within(window: Milliseconds): string {
  return window > DAY ? `in the last ${daysInWords(window)} (UTC), today included` : 'today (UTC)';
}
