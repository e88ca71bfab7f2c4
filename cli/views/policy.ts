import type {
  ChangePolicyAnswer,
  PolicyAnswer,
  PolicyChangeAnswer,
  PolicyMeaning,
} from '../../src/api/answers.ts';
import { problemInWords } from '../../src/api/problemInWords.ts';
import type { Problem } from '../../src/api/values.ts';
import { oneLine } from '../text/clean.ts';
import { lookUp } from '../text/lookUp.ts';
import { counted } from '../text/time.ts';
import { tree, type Branch } from '../text/tree.ts';

/** The policy that is deployed: the figures people ask for, or every key. */
export function policyView(answer: PolicyAnswer, width: number, all = false): string[] {
  const { version, changedBy, changedAt, reason, meaning, warnings } = answer;
  return [
    'Auto-AMI Configuration:',
    ...tree(meaningBranches(meaning, all), width),
    version === 0
      ? 'No policy was applied yet: these are the defaults.'
      : `Version ${version} of ${dated(changedAt)} by ${changedBy ?? 'nobody known'}: ${oneLine(reason ?? '')}`,
    ...warningLines(warnings),
  ];
}

/** What a file means, without having asked anyone. */
export function checkedPolicyView(
  file: string,
  { meaning, warnings }: { readonly meaning: PolicyMeaning; readonly warnings: readonly Problem[] },
  width: number,
  all = false,
): string[] {
  return [
    `✓ ${file} is right${warnings.length === 0 ? '' : `, with ${counted(warnings.length, 'warning')}`}. It means:`,
    ...tree(meaningBranches(meaning, all), width),
    ...warningLines(warnings),
  ];
}

/** What a file changes, or would change. */
export function changedPolicyView(answer: ChangePolicyAnswer, width: number, all = false): string[] {
  const { applied, version, changes, warnings, meaning } = answer;
  return [
    changedHeading(answer),
    ...tree(changeBranches(changes), width),
    ...(applied ? [`Version ${version} holds from now on.`] : []),
    ...(all ? ['', 'Auto-AMI Configuration:', ...tree(meaningBranches(meaning, true), width)] : []),
    ...warningLines(warnings),
  ];
}

/** `daily_budget: $25.00 → $40.00`. */
export function changeBranches(changes: readonly PolicyChangeAnswer[]): Branch[] {
  return changes.map(({ key, before, after }) => ({
    text: `${key}: ${before ?? '(none)'} → ${after ?? '(none)'}`,
  }));
}

function changedHeading({ applied, changes, version }: ChangePolicyAnswer): string {
  if (applied) return `Policy applied, ${counted(changes.length, 'change')} in meaning`;
  return changes.length === 0
    ? `Nothing to change: version ${version} means the same`
    : `Nothing applied; this would be ${counted(changes.length, 'change')} in meaning`;
}

function dated(instant: string | null): string {
  return instant === null ? 'an unknown time' : `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}

function warningLines(warnings: readonly Problem[]): string[] {
  return warnings.map((warning) => `⚠️ ${oneLine(problemInWords(warning))}`);
}

/** What `configure` shows by default, as in the specification's session. */
const FIGURES: readonly (readonly [key: string, title: string])[] = [
  ['mode', 'Mode'],
  ['popularity_threshold', 'Popularity threshold'],
  ['build_window', 'Off-peak window'],
  ['urgent_window', 'Urgent window'],
  ['security_window', 'Rebuilt for its age after'],
  ['daily_budget', 'Daily compilation budget'],
  ['monthly_budget', 'Monthly compilation budget'],
  ['emergency_budget', 'Emergency budget'],
];

const LEVELS = ['critical', 'high', 'medium', 'low'] as const;

function meaningBranches(meaning: PolicyMeaning, all: boolean): Branch[] {
  if (all) return meaning.map(({ key, words }) => ({ text: `${key}: ${oneLine(words)}` }));
  const of = new Map(meaning.map(({ key, words }) => [key, oneLine(words)]));
  const windows = LEVELS.flatMap((level) => {
    const window = of.get(`security_updates.${level}_window`);
    return window === undefined
      ? []
      : [`${window} (${level}${noteOf(of.get(`security_updates.${level}_action`))})`];
  });
  return [
    ...FIGURES.flatMap(([key, title]) => {
      const words = of.get(key);
      return words === undefined ? [] : [{ text: `${title}: ${words}` }];
    }),
    ...(windows.length === 0 ? [] : [{ text: `Security update window: ${windows.join(', ')}` }]),
  ];
}

/** `auto` is what people expect. */
const ACTION_NOTES = { approve: ', on approval', off: ', off' } as const;

function noteOf(action: string | undefined): string {
  return lookUp(ACTION_NOTES, action ?? 'auto', '');
}
