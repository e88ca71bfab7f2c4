import { DAY, type Instant, type Urgency } from '../words.ts';

/** What the place in the queue depends on. */
export interface Ranked {
  /** Group, urgency and latest start in one number: smaller goes first. */
  readonly key: number;
  readonly priority: number;
  /** Launches of its template: the more, the earlier. */
  readonly launches: number;
  /** Place of its region in the policy's order. */
  readonly regionRank: number;
  readonly requestedAt: Instant;
  readonly id: string;
}

/** Larger than any instant of this millennium and the next, and small enough that keys stay exact integers. */
const NO_DEADLINE = 2 ** 46;
const URGENCY_RANK: Readonly<Record<Urgency, number>> = { critical: 0, high: 1, normal: 2, low: 3 };
const GROUP_SIZE = 4;
/** Behind both groups: see `behindParent`. */
const BEHIND = 2 * GROUP_SIZE;
/** Keys above this would no longer be exact. */
const DEEPEST = 100;

/**
 * "First what must start now (critical, or at or past its latest start) by urgency then latest start; then the rest by
 * urgency, latest start, …" (design §4, Order). A deadline that only ranks is compared by its day: between the
 * popular templates of one day priority decides, not the length of a build.
 */
export function rankKey(
  mustStart: boolean,
  urgency: Urgency,
  /** `Infinity` without a deadline. */
  latestStart: Instant,
  deadlineBinds: boolean,
): number {
  const group = (mustStart ? 0 : GROUP_SIZE) + URGENCY_RANK[urgency];
  const latest = deadlineBinds ? latestStart : Math.floor(latestStart / DAY) * DAY;
  return group * NO_DEADLINE + Math.min(NO_DEADLINE - 1, Math.max(0, Math.floor(latest)));
}

/**
 * A build that is held for its base template's open build goes behind everything, after that one: it takes nothing,
 * and so no later request decides about an earlier one. `depth` counts the open builds it waits for in a row.
 */
export function behindParent(depth: number): number {
  return (BEHIND + Math.min(depth, DEEPEST)) * NO_DEADLINE;
}

/**
 * The places of the requests, first to go first: by key, and then "… priority, age, id", popularity and
 * the region's place before the age. Total: no two region builds are equal, so the order of the input never matters.
 *
 * The numbers are copied side by side before they are compared: with a hundred thousand requests, fetching them from
 * all over the memory would take longer than comparing them.
 */
export function order(requests: readonly Ranked[]): Uint32Array {
  const keys = Float64Array.from(requests, ({ key }) => key);
  const priorities = Float64Array.from(requests, ({ priority }) => priority);
  const launches = Float64Array.from(requests, (request) => request.launches);
  const regions = Float64Array.from(requests, ({ regionRank }) => regionRank);
  const ages = Float64Array.from(requests, ({ requestedAt }) => requestedAt);
  const at = (numbers: Float64Array, index: number): number => numbers[index] ?? 0;
  return Uint32Array.from(requests.keys()).sort(
    (a, b) =>
      at(keys, a) - at(keys, b) ||
      at(priorities, b) - at(priorities, a) ||
      at(launches, b) - at(launches, a) ||
      at(regions, a) - at(regions, b) ||
      at(ages, a) - at(ages, b) ||
      compareText(requests[a]?.id ?? '', requests[b]?.id ?? ''),
  );
}

/** By code units: the same on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
