import type { PolicyHistoryAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { counted, stamp } from '../text/time.ts';
import { tree } from '../text/tree.ts';
import { changeBranches } from './policy.ts';

/** Every change of the policy, newest first: who, when, why, and what it changed in meaning. */
export function policyHistoryView({ versions, zone }: PolicyHistoryAnswer, width: number): string[] {
  if (versions.length === 0) return ['POLICY HISTORY', '', 'No policy was applied yet: the defaults hold.'];
  return [
    `POLICY HISTORY (times in ${zone})`,
    '',
    ...tree(
      versions.map(({ version, changedAt, changedBy, reason, changes }) => ({
        text: `Version ${version}, ${stamp(changedAt, zone)} ${changedAt.slice(0, 4)}, by ${changedBy}: ${oneLine(reason)} (${counted(changes.length, 'change')} in meaning)`,
        below: changeBranches(changes),
      })),
      width,
    ),
  ];
}
