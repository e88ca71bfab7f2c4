import type { Policy } from '../policy/policy.ts';
import type { Pot, Trigger, Urgency } from '../words.ts';

export const START_CASES = ['critical', 'high', 'high-priority', 'otherwise'] as const;
export type StartCase = (typeof START_CASES)[number];

export const WINDOW_KINDS = ['urgent', 'off-peak'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/**
 * The specification's ScheduleCompilation as a table (design §4, When). Always besides: start no later than the
 * latest start, even outside a window.
 *
 * A high build may also use an off-peak window that comes first: otherwise a less urgent build could start before it.
 */
export const WHEN: Readonly<
  Record<StartCase, { readonly windows: readonly WindowKind[]; readonly pot: Pot }>
> = {
  /** Now, in or out of any window. */
  critical: { windows: [], pot: 'urgent' },
  /** The next urgent window. */
  high: { windows: ['urgent', 'off-peak'], pot: 'daily' },
  /** Normal with high priority, such as popular templates, or due at a term's start: the next off-peak window. */
  'high-priority': { windows: ['off-peak'], pot: 'daily' },
  /** When a pot can pay, in an off-peak window. */
  otherwise: { windows: ['off-peak'], pot: 'monthly' },
};

export interface Request {
  readonly urgency: Urgency;
  readonly priority: number;
  /**
   * Due at a term's start. The daily pot pays for it, whatever its priority: `semester_prep_daily_budget` raises that
   * one ("Higher budget during semester prep").
   */
  readonly seasonal: boolean;
}

export function startCase(
  { urgency, priority, seasonal }: Request,
  { highPriority }: Pick<Policy, 'highPriority'>,
): StartCase {
  switch (urgency) {
    case 'critical':
    case 'high':
      return urgency;
    case 'normal':
      return seasonal || priority >= highPriority ? 'high-priority' : 'otherwise';
    case 'low':
      return 'otherwise';
  }
}

/**
 * The pot is fixed at the request, by level or `--urgent`: nearing a deadline changes rank and window, never the pot,
 * so an ageing popularity build cannot spend the CVE money.
 */
export function potOf(request: Request, policy: Pick<Policy, 'highPriority'>): Pot {
  return WHEN[startCase(request, policy)].pot;
}

const AT_ANY_TIME: readonly WindowKind[] = [];

/**
 * The windows a build may start in; none: it need not wait. With `preferOffPeak` off nothing waits for an off-peak
 * window alone except what is built for popularity alone, if the policy says so. High builds have the urgent window, which
 * is a key of its own: they wait for it whatever is preferred (design §4, When).
 */
export function windowsOf(
  { urgency, triggers }: { readonly urgency: Urgency; readonly triggers: readonly Trigger[] },
  { preferOffPeak, popularity }: Pick<Policy, 'preferOffPeak' | 'popularity'>,
): readonly WindowKind[] {
  if (urgency === 'critical' || urgency === 'high') return WHEN[urgency].windows;
  const { windows } = WHEN.otherwise;
  if (preferOffPeak) return windows;
  const forPopularity = triggers.every((trigger) => trigger === 'popularity');
  return forPopularity && popularity.offPeakOnly ? windows : AT_ANY_TIME;
}
