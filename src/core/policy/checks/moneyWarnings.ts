import { grantsOf } from '../../money/grantShares.ts';
import type { Instant } from '../../words.ts';
import { DEFAULT_POLICY } from '../defaultPolicy.ts';
import type { Grant, Policy } from '../policy.ts';
import { dollarsInWords, listed } from '../words.ts';
import type { Checked } from './checked.ts';

/** Budgets that pay for nothing, and grants that are not charged. */
export function warnOfMoney(checked: Checked): void {
  warnOfBudgets(checked);
  warnOfGrants(checked);
}

function warnOfBudgets({ said, policy: { budgets, semesterPrep }, says, warn }: Checked): void {
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
  if (semesterPrep !== null && budgets.semesterPrepDaily > budgets.monthly) {
    const message = `${dollarsInWords(budgets.semesterPrepDaily)} a day is more than the ${dollarsInWords(budgets.monthly)} of the whole month`;
    const instead = 'no day of the season has more than is left of the month, until monthly_budget is raised';
    warn('semester_prep_daily_budget', message, instead);
  }
}

function warnOfGrants({ said, policy, context: { now }, warn }: Checked): void {
  const { grants, budgetTracking, notify } = policy;
  if (said.budget_tracking === true && grants.length === 0) {
    const instead = 'costs are booked on the budgets alone, per template, until grants are listed';
    warn('budget_tracking', 'there are no grants to book costs on', instead);
  }
  if (!budgetTracking && grants.length > 0) {
    warn('grants', 'budget_tracking is false', 'nothing is booked on the grants');
    return;
  }
  if (grants.length > 0 && !notify.audiences.researchers) {
    const instead = `${notify.audiences.admins ? 'only admins are' : 'nobody is'} told of a grant that is empty or over, not its owner`;
    warn('grants', 'researchers are not notified (security_updates.notify_researchers)', instead);
  }
  for (const [index, grant] of grants.entries()) {
    const path = `grants[${index}]`;
    const { id, end, limit, shares } = grant;
    const parked = now === undefined ? [] : parkedBy(grant, policy, now);
    if (parked.length > 0) {
      warn(path, `the grant ${id} ended on ${end}`, `builds of ${listed(parked)} are parked`);
    }
    if (limit === 0) warn(path, `the grant ${id} has $0.00`, 'builds it would pay for are parked');
    if (Object.keys(shares).length === 0)
      warn(path, `the grant ${id} has no shares`, 'nothing is booked on it');
  }
}

/** The templates that it paid for, where no other grant has taken over. */
function parkedBy({ id, shares }: Grant, policy: Policy, now: Instant): string[] {
  return Object.keys(shares).filter((template) => grantsOf(template, policy, now).ended?.grant.id === id);
}
