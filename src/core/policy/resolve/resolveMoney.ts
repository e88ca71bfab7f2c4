import { endOfDay, startOfDay } from '../../time/calendar.ts';
import { DEFAULT_POLICY } from '../defaultPolicy.ts';
import type { SaidPolicy } from '../keys/policyKeys.ts';
import type { BudgetPolicy, Grant } from '../policy.ts';

/** The specification's own ratios: $25 a day, $500 a month, and 100 : 250 in its university policy (design §4, Money). */
export const MONTHLY_PER_DAILY = 20;
export const URGENT_PER_DAILY = 2.5;

/** What is not said follows the daily budget, and the daily default never exceeds a month that is said. */
export function resolveBudgets(said: SaidPolicy): BudgetPolicy {
  const { budgets } = DEFAULT_POLICY;
  const daily = said.daily_budget ?? Math.min(budgets.daily, said.monthly_budget ?? budgets.daily);
  return {
    daily,
    semesterPrepDaily: said.semester_prep_daily_budget ?? daily,
    monthly: said.monthly_budget ?? daily * MONTHLY_PER_DAILY,
    urgent: said.emergency_budget ?? said.urgent_budget ?? Math.floor(daily * URGENT_PER_DAILY),
    approveEmergency: said.approve_emergency_builds ?? budgets.approveEmergency,
  };
}

export function resolveGrants(said: NonNullable<SaidPolicy['grants']>, zone: string): readonly Grant[] {
  return said.map(({ id, limit, start, end, owner, shares }) => ({
    id,
    limit,
    start,
    end,
    startsAt: startOfDay(start, zone),
    endsAt: endOfDay(end, zone),
    owner,
    shares,
  }));
}
