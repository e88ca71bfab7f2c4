import { type Grant, type Policy } from '../policy/policy.ts';
import type { Instant } from '../words.ts';

/** A grant that pays for a template now, and how much of each cost: basis points. */
export interface GrantShare {
  readonly grant: Grant;
  readonly share: number;
}

/** What the grants say of a template at a moment. */
export interface TemplateGrants {
  /** In the policy's order. */
  readonly paying: readonly GrantShare[];
  /** The last grant that paid, where it has ended and none pays now: it parks the template's builds. */
  readonly ended: { readonly grant: Grant; readonly until: Instant | null } | null;
  /** When one of them begins or ends next. */
  readonly changesAt: Instant | null;
}

const NONE: TemplateGrants = { paying: [], ended: null, changesAt: null };

/**
 * Every cost is booked on the template's grants as well, by share; an ended grant parks its builds (design §4,
 * Money) unless it was taken over: by any grant that pays now, and so ends later, whenever that one began. One that has
 * not begun pays nothing yet and holds nothing up.
 */
export function grantsOf(template: string, policy: Policy, now: Instant): TemplateGrants {
  if (!policy.budgetTracking || policy.grants.length === 0) return NONE;
  const naming = policy.grants.filter(({ shares }) => Object.hasOwn(shares, template));
  const paying = naming.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  const ended = paying.length > 0 ? undefined : lastEnded(naming, now);
  const next = (instants: readonly Instant[]): Instant | null => {
    const future = instants.filter((t) => t > now);
    return future.length === 0 ? null : Math.min(...future);
  };
  return {
    paying: paying.map((grant) => ({ grant, share: grant.shares[template] ?? 0 })),
    ended: ended === undefined ? null : { grant: ended, until: next(naming.map(({ startsAt }) => startsAt)) },
    changesAt: next(naming.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])),
  };
}

function lastEnded(grants: readonly Grant[], now: Instant): Grant | undefined {
  return grants
    .filter(({ endsAt }) => endsAt <= now)
    .reduce<Grant | undefined>(
      (last, grant) => (last === undefined || grant.endsAt > last.endsAt ? grant : last),
      undefined,
    );
}
