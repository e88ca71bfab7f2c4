import { describe, expect, test } from 'vitest';
import { cancelledView } from '../../../cli/views/cancelled.ts';
import { modeView } from '../../../cli/views/mode.ts';
import { changedPolicyView, policyView } from '../../../cli/views/policy.ts';
import { SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

describe('hands on the wheel', () => {
  test('cancelled', () =>
    expect(shown(cancelledView(SAMPLES.cancel, 80))).toMatchInlineSnapshot(`
    "Cancelled 1 of 2
    ├── python-ml in us-east-1 x86_64: cancelled
    └── python-ml in us-west-2 x86_64: succeeded before"
  `));
  test('nothing to cancel', () => {
    const [, ended] = SAMPLES.cancel.regionBuilds;
    expect(cancelledView({ regionBuilds: [ended!] }, 80)[0]).toBe('Nothing to cancel: it had ended already');
  });
  test('a mode for all, with what it ended', () => {
    expect(shown(modeView({ ...SAMPLES.mode, cancelled: SAMPLES.cancel.regionBuilds.slice(0, 1) }, 80)))
      .toMatchInlineSnapshot(`
      "All templates: mode stopped, was act: nothing is touched
      Cancelled 1 of 1
      └── python-ml in us-east-1 x86_64: cancelled"
    `);
  });
  test('the mode of one template, unchanged', () => {
    expect(modeView({ template: 'python-ml', mode: 'act', previous: 'act', cancelled: [] }, 80)).toEqual([
      'python-ml: mode act already: it builds, promotes and removes',
    ]);
  });
  test('the policy', () =>
    expect(shown(policyView(SAMPLES.policy, 100))).toMatchInlineSnapshot(`
    "Auto-AMI Configuration:
    ├── Mode: act
    ├── Popularity threshold: 5 launches
    ├── Off-peak window: 02:00-06:00 America/New_York
    ├── Urgent window: 20:00-06:00 America/New_York
    ├── Rebuilt for its age after: 7 days
    ├── Daily compilation budget: $25.00
    ├── Monthly compilation budget: $500.00
    ├── Emergency budget: $62.50
    └── Security update window: 4 hours (critical), 24 hours (high), 7 days (medium), 30 days (low, on
        approval)
    Version 4 of 2026-11-20 09:00 UTC by arn:aws:iam::111122223333:user/ada: semester start"
  `));
  test('no policy yet', () => {
    const none = { ...SAMPLES.policy, version: 0, changedAt: null, changedBy: null, reason: null };
    expect(policyView(none, 100).at(-1)).toBe('No policy was applied yet: these are the defaults.');
  });
  test('a policy applied', () =>
    expect(shown(changedPolicyView(SAMPLES.changePolicy, 100))).toMatchInlineSnapshot(`
      "Policy applied, 2 changes in meaning
      ├── daily_budget: $25.00 → $40.00
      └── grants.nsf-123.owner: (none) → Ada
      Version 5 holds from now on.
      ⚠️ policy.yaml:2:3 auto_ami_policy.build_window: no time zone is given: the window is in UTC"
    `));
  test('a policy that would change something, and one that would not', () => {
    const heading = (changes: typeof SAMPLES.changePolicy.changes): string | undefined =>
      changedPolicyView({ ...SAMPLES.changePolicy, applied: false, changes }, 100)[0];
    expect(heading(SAMPLES.changePolicy.changes)).toBe('Nothing applied; this would be 2 changes in meaning');
    expect(heading([])).toBe('Nothing to change: version 5 means the same');
  });
});
