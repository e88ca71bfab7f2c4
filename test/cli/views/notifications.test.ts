import { expect, test } from 'vitest';
import { notificationsView } from '../../../cli/views/notifications.ts';
import { SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

test('notifications, as in the specification', () =>
  expect(shown(notificationsView(SAMPLES.notifications, 80))).toMatchInlineSnapshot(`
    "AMI UPDATE NOTIFICATIONS

    ⚠️ Security Update Available (2 hours ago)
        Base image: ubuntu-22.04, release 20261124
        Security level: HIGH
        Affected templates: python-ml, ubuntu-basic
        Auto-rebuild: starts tonight 02:30 UTC
        Manual rebuild: cws templates auto-ami build --security-update

    ✓ Compilation Complete (5 hours ago)
        Template: r-research
        Trigger: popularity (launched 8 times in 7 days)
        New AMI: ami-0abc123def0000001 (us-west-2 x86_64)
        Story: cws templates auto-ami explain r-research-1f3a5b7c

    ✗ Compilation Failed (29 hours ago)
        Template: java-dev
        Trigger: manual (course)
        Failed in us-east-1 arm64: validation failed: no java
        Story: cws templates auto-ami explain java-dev-0a1b2c3d"
  `));

test('updates of all kinds', () => {
  const [first] = SAMPLES.notifications.notifications;
  const heading = (type: 'maintenance' | 'unknown' | null): string | undefined => {
    const update = { ...first!.update!, type, level: null, open: 0, startsAt: null };
    return notificationsView({ ...SAMPLES.notifications, notifications: [{ ...first!, update }] }, 80)[2];
  };
  expect([heading('maintenance'), heading('unknown'), heading(null)]).toEqual([
    'Base Image Updated (maintenance) (2 hours ago)',
    '⚠️ Base Image Updated, what it fixes is not known (2 hours ago)',
    '⚠️ Base Image Updated, what it fixes is not known (2 hours ago)',
  ]);
});

test('no notifications', () =>
  expect(notificationsView({ ...SAMPLES.notifications, notifications: [] }, 80).at(-1)).toBe(
    'Nothing in the last 30 days.',
  ));
