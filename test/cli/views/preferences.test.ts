import { expect, test } from 'vitest';
import { policyHistoryView } from '../../../cli/views/policyHistory.ts';
import { preferencesView } from '../../../cli/views/preferences.ts';
import type { PolicyAnswer } from '../../../src/api/answers.ts';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { policyInWords } from '../../../src/core/policy/policyInWords.ts';
import { SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

function meaningOf(text: string): PolicyAnswer {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error('not a policy');
  return { ...SAMPLES.policy, meaning: [...policyInWords(parsed.policy)] };
}

test('preferences, as in the specification', () =>
  expect(shown(preferencesView(SAMPLES.policy, 100))).toMatchInlineSnapshot(`
    "AUTO-AMI PREFERENCES

    Security Updates:
    ├── Critical: Auto-rebuild within 4 hours ✓
    ├── High: Auto-rebuild within 24 hours ✓
    ├── Medium: Auto-rebuild within 7 days ✓
    ├── Low: Manual approval required ✓ (then within 30 days)
    └── Not known: Auto-rebuild within 7 days ✓

    Popularity-based Compilation:
    ├── Enable for frequently used templates ✓
    ├── Threshold: 5 launches in 7 days
    └── Off-peak building only ✓

    Budget Controls:
    ├── Daily compilation budget: $25.00
    ├── Monthly compilation budget: $500.00
    ├── Emergency budget: $62.50
    └── Approve emergency security builds ✓

    To change them: cws templates auto-ami configure --set KEY=VALUE, or --file POLICY."
  `));

test('preferences of a lab that is asked for more, with templates of their own', () => {
  const lab = meaningOf(`auto_ami_policy:
  mode: act
  security_updates: { critical_window: immediate, medium_action: approve, low_action: off }
  approve_emergency_builds: false
  popularity: { enabled: false }
  templates: { python-ml: { mode: observe, popularity_threshold: 3 } }
`);
  const lines = preferencesView(lab, 100);
  expect(lines).toEqual(
    expect.arrayContaining([
      '├── Critical: Auto-rebuild immediately ✓',
      '├── Medium: Manual approval required ✓ (then within 7 days)',
      '├── Low: No rebuild ✗',
      '├── Enable for frequently used templates ✗',
      '└── Approve emergency security builds ✗',
      '├── python-ml.mode: observe',
      '└── python-ml.popularity_threshold: 3 launches',
    ]),
  );
});

test.each([
  ['prefer_off_peak: true', 'popularity: { off_peak_only: false }', '✓'],
  ['prefer_off_peak: false', 'popularity: { off_peak_only: true }', '✓'],
  ['prefer_off_peak: false', 'popularity: { off_peak_only: false }', '✗'],
])('popular builds under %s and %s wait for the off-peak window: %s', (preferred, popularity, sign) => {
  const policy = meaningOf(`auto_ami_policy:\n  ${preferred}\n  ${popularity}\n`);
  expect(preferencesView(policy, 100)).toContain(`└── Off-peak building only ${sign}`);
});

test('the history of the policy', () =>
  expect(shown(policyHistoryView(SAMPLES.policyHistory, 100))).toMatchInlineSnapshot(`
    "POLICY HISTORY (times in UTC)

    ├── Version 5, 24 Nov 21:00:00 2026, by arn:aws:iam::111122223333:user/ada: semester start (1
    │   │   change in meaning)
    │   └── daily_budget: $25.00 → $40.00
    └── Version 4, 20 Nov 09:00:00 2026, by the deployment: the policy this deployment was configured
        with (0 changes in meaning)"
  `));

test('no history', () =>
  expect(policyHistoryView({ ...SAMPLES.policyHistory, versions: [] }, 100).at(-1)).toBe(
    'No policy was applied yet: the defaults hold.',
  ));
