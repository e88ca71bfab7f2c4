import type { Policy } from '../policy/policy.ts';
import { inSeason } from '../time/season.ts';
import type { MicroDollars } from '../words.ts';
import { potNameOf } from './potKeys.ts';

/**
 * The limit of a pot in its period. On days of the semester preparation season the daily one is
 * `semesterPrepDaily`. A grant the policy no longer names has nothing to give.
 */
export function limitOf(key: string, policy: Policy): MicroDollars {
  const name = potNameOf(key);
  if ('grant' in name) return policy.grants.find(({ id }) => id === name.grant)?.limit ?? 0;
  const { budgets, semesterPrep } = policy;
  switch (name.pot) {
    case 'daily':
      return semesterPrep !== null && inSeason(semesterPrep.season, name.period)
        ? budgets.semesterPrepDaily
        : budgets.daily;
    case 'monthly':
      return budgets.monthly;
    case 'urgent':
      return budgets.urgent;
  }
}

/** The most that the pot holds in any period: what is above it can never be paid, and is refused. */
export function highestLimitOf(key: string, policy: Policy): MicroDollars {
  const name = potNameOf(key);
  const { budgets, semesterPrep } = policy;
  return 'pot' in name && name.pot === 'daily' && semesterPrep !== null
    ? Math.max(budgets.daily, budgets.semesterPrepDaily)
    : limitOf(key, policy);
}
