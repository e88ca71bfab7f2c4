import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { latestStart } from '../../../src/core/time/latestStart.ts';
import { windowClock } from '../../../src/core/time/windowClock.ts';
import { DAY, HOUR, MICRO_DOLLARS_PER_DOLLAR, MINUTE } from '../../../src/core/words.ts';
import { accepted } from './accepted.ts';

/** The spec's two policies, word for word; each test is named by a comment in them. */
const education = readFileSync('docs/policies/education.yaml', 'utf8');
const research = readFileSync('docs/policies/research.yaml', 'utf8');
const DOLLARS = MICRO_DOLLARS_PER_DOLLAR;
const at = (iso: string): number => Date.parse(`${iso}Z`);

describe('education.yaml', () => {
  const { policy, warnings } = accepted(education);
  const withCalendar = accepted(
    `${education}  calendar:\n    terms:\n      - { name: Fall 2027, start: 2027-08-23, end: 2027-12-10 }\n`,
  );

  test('is the one of the specification', () => {
    expect(education).toMatch(/^# Auto-AMI policy for university deployment\nauto_ami_policy:\n/u);
    expect(education.trimEnd().split('\n')).toHaveLength(25);
  });

  test('Semester preparation: the four templates, from two weeks before a semester, due when it starts', () => {
    expect(policy.seasonal).toMatchObject({
      enabled: true,
      lead: 14 * DAY,
      anchor: 'term-start',
      templates: ['python-basic', 'r-stats', 'java-dev', 'data-science'],
    });
    const [term] = withCalendar.policy.seasonal.terms;
    expect(term?.startsAt).toBe(at('2027-08-23T00:00'));
    expect(term!.startsAt - withCalendar.policy.seasonal.lead).toBe(at('2027-08-09T00:00'));
  });

  test('Rebuild critical updates within 1 hour', () => {
    expect(policy.perLevel.critical).toEqual({ window: HOUR, action: 'auto' });
  });

  test('High priority updates within 6 hours', () => {
    expect(policy.perLevel.high).toEqual({ window: 6 * HOUR, action: 'auto' });
  });

  test('Medium updates daily', () => {
    expect(policy.perLevel.medium).toEqual({ window: 24 * HOUR, action: 'auto' });
  });

  test('what it does not say of low and unknown updates is the default', () => {
    expect(policy.perLevel.low).toEqual(DEFAULT_POLICY.perLevel.low);
    expect(policy.perLevel.unknown).toEqual(policy.perLevel.medium);
  });

  test("Alert course instructors. Don't alarm students", () => {
    expect(policy.notify.audiences).toEqual({
      admins: true,
      instructors: true,
      students: false,
      researchers: false,
    });
    expect(policy.notify.beforeRebuild).toBe(false);
  });

  test('Higher budget during semester prep', () => {
    expect(policy.budgets.semesterPrepDaily).toBe(100 * DOLLARS);
    expect(policy.budgets.semesterPrepDaily).toBeGreaterThan(DEFAULT_POLICY.budgets.daily);
    expect(policy.budgets.daily).toBe(100 * DOLLARS);
    expect(policy.budgets.monthly).toBe(2_000 * DOLLARS);
  });

  test('For critical security updates', () => {
    expect(policy.budgets.urgent).toBe(250 * DOLLARS);
    expect(policy.budgets.approveEmergency).toBe(true);
  });

  test('Build during minimal usage: from one to five in the morning', () => {
    const offPeak = windowClock(policy.windows.offPeak);
    expect(offPeak.nextOpening(at('2026-11-24T14:00'))).toBe(at('2026-11-25T01:00'));
    expect(offPeak.instanceAt(at('2026-11-25T03:00'))).toEqual({
      start: at('2026-11-25T01:00'),
      end: at('2026-11-25T05:00'),
    });
  });

  test('Heavy building during summer break: any hour of June, July and August', () => {
    for (const windows of [policy.windows.offPeak, policy.windows.urgent]) {
      const clock = windowClock(windows);
      expect(clock.isInside(at('2027-05-31T14:00'))).toBe(false);
      expect(clock.isInside(at('2027-06-01T00:00'))).toBe(true);
      expect(clock.isInside(at('2027-07-14T14:00'))).toBe(true);
      expect(clock.isInside(at('2027-08-31T23:59'))).toBe(true);
      expect(clock.isInside(at('2027-09-01T14:00'))).toBe(false);
    }
  });

  test('what cannot take effect as it stands is said', () => {
    expect(warnings).toEqual([
      'line 2, column 1: auto_ami_policy: no mode is given: mode is observe: it decides and explains, but builds nothing until the policy says mode: act',
      'line 6, column 5: auto_ami_policy.seasonal_precompilation.schedule: there is no calendar to count from: nothing is built ahead of a semester until calendar.terms says when one starts',
      'line 24, column 3: auto_ami_policy.build_window: no time_zone is given: windows, days and months are counted in UTC',
    ]);
  });

  test('with a calendar, a zone and a mode nothing is left to say', () => {
    const whole = `${education}  calendar: { terms: [{ name: Fall 2027, start: 2027-08-23, end: 2027-12-10 }] }\n  time_zone: America/New_York\n  mode: act\n`;
    expect(accepted(whole).warnings).toEqual([]);
  });
});

describe('research.yaml', () => {
  const { policy, warnings } = accepted(research);

  test('is the one of the specification', () => {
    expect(research).toMatch(/^# Auto-AMI policy for research lab\nauto_ami_policy:\n/u);
    expect(research.trimEnd().split('\n')).toHaveLength(17);
  });

  test('Lower threshold for research templates', () => {
    expect(policy.popularityThreshold).toBe(3);
    expect(policy.popularityThreshold).toBeLessThan(DEFAULT_POLICY.popularityThreshold);
    expect(policy.popularity).toEqual({
      enabled: true,
      window: 7 * DAY,
      offPeakOnly: true,
      priorityPerLaunch: 1,
      mostPriority: 9,
    });
  });

  test('Zero tolerance for critical vulnerabilities', () => {
    expect(policy.perLevel.critical).toEqual({ window: 'immediate', action: 'auto' });
  });

  test('Fast response for research security: the two hours bind although the window is closed', () => {
    expect(policy.perLevel.high).toEqual({ window: 2 * HOUR, action: 'auto' });
    const seen = at('2026-11-24T14:00');
    const start = latestStart(seen + 2 * HOUR, {
      soak: policy.soak,
      p90: policy.assumedDuration,
      safetyFactor: policy.safetyFactor,
    });
    expect(start).toBe(seen + 75 * MINUTE);
    expect(windowClock(policy.windows.urgent).nextOpening(seen)).toBe(at('2026-11-24T20:00'));
  });

  test('Track compilation costs against grants', () => {
    expect(policy.budgetTracking).toBe(true);
  });

  test('Minimize costs during off-peak hours', () => {
    expect(policy.preferOffPeak).toBe(true);
    expect(policy.windows.offPeak).toEqual(DEFAULT_POLICY.windows.offPeak);
  });

  test("Don't force restart running research", () => {
    expect(policy.preserveRunningInstances).toBe(true);
  });

  test('Warn researchers about updates: before the rebuild', () => {
    expect(policy.notify).toEqual({
      audiences: { admins: true, instructors: false, students: false, researchers: true },
      beforeRebuild: true,
    });
  });

  test('what cannot take effect as it stands is said', () => {
    expect(warnings).toEqual([
      'line 2, column 1: auto_ami_policy: no mode is given: mode is observe: it decides and explains, but builds nothing until the policy says mode: act',
      'line 2, column 1: auto_ami_policy: no time_zone is given: windows, days and months are counted in UTC',
      'line 12, column 3: auto_ami_policy.budget_tracking: there are no grants to book costs on: costs are booked on the budgets alone, per template, until grants are listed',
    ]);
  });
});
