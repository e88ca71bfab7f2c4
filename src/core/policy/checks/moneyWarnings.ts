import { DEFAULT_POLICY } from '../defaultPolicy.ts';
import { dollarsInWords } from '../words.ts';
import type { Checked } from './warnings.ts';

/** Budgets that pay for nothing, and grants that are not charged. */
export function warnOfMoney({ said, policy, context, says, warn }: Checked): void {
  const { budgets, grants, budgetTracking } = policy;
  if (said.daily_budget === undefined && budgets.daily < DEFAULT_POLICY.budgets.daily) {
    const message = `no daily_budget is given, and the default of ${dollarsInWords(DEFAULT_POLICY.budgets.daily)} is more than the month's`;
    warn(
      'monthly_budget',
      message,
      `the daily budget is ${dollarsInWords(budgets.daily)}, as much as the month's`,
    );
  }
  if (budgets.daily === 0) {
    warn('daily_budget', 'it is $0.00', 'builds for high updates and popular templates are refused');
  }
  if (budgets.monthly === 0) {
    warn('monthly_budget', 'it is $0.00', 'every build but those for critical updates is refused');
  }
  if (budgets.urgent === 0) {
    const path = says('urgent_budget') ? 'urgent_budget' : 'emergency_budget';
    warn(path, 'it is $0.00', 'builds for critical updates are refused');
  }
  if (said.budget_tracking === true && grants.length === 0) {
    const instead = 'costs are booked on the budgets alone, per template, until grants are listed';
    warn('budget_tracking', 'there are no grants to book costs on', instead);
  }
  if (!budgetTracking && grants.length > 0) {
    warn('grants', 'budget_tracking is false', 'nothing is booked on the grants');
  }
  for (const [index, { id, end, endsAt, limit, shares }] of grants.entries()) {
    const path = `grants[${index}]`;
    if (context.now !== undefined && endsAt <= context.now) {
      warn(path, `the grant ${id} ended on ${end}`, 'builds it would pay for are parked');
    }
    if (limit === 0) warn(path, `the grant ${id} has $0.00`, 'builds it would pay for are parked');
    if (Object.keys(shares).length === 0)
      warn(path, `the grant ${id} has no shares`, 'nothing is booked on it');
  }
}
