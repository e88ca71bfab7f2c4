import { inSeason } from '../time/season.ts';
import type { MicroDollars } from '../words.ts';
import type { Policy } from './policy.ts';

/** What the daily pot may pay on a date (`YYYY-MM-DD` in the policy's zone): "Higher budget during semester prep". */
export function dailyLimit({ budgets, semesterPrep }: Policy, date: string): MicroDollars {
  const inPrep = semesterPrep !== null && inSeason(semesterPrep.season, date);
  return inPrep ? budgets.semesterPrepDaily : budgets.daily;
}
