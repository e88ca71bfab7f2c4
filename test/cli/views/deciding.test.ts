import { describe, expect, test } from 'vitest';
import { approvedView, prioritizedView } from '../../../cli/views/changedBuilds.ts';
import { enabledView, templateChangedView, unpausedView } from '../../../cli/views/templateChanged.ts';
import { SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

describe('builds that people decided about', () => {
  test('approved', () =>
    expect(shown(approvedView(SAMPLES.approve, 120))).toMatchInlineSnapshot(`
    "Approved 1 of 2: each starts as soon as its time and its money allow
    ├── ⏳ python-ml in us-east-1 x86_64: approved; queued for tonight 02:30 UTC: urgent window opens 02:30 UTC; must start
    │   by 19:10 UTC to meet the high deadline
    └── ▶ python-ml in us-west-2 x86_64: needs no approval; building (TESTING) for 12 minutes, done tonight 22:13 UTC"
  `));
  test('nothing to approve', () => {
    const [, running] = SAMPLES.approve.regionBuilds;
    expect(approvedView({ ...SAMPLES.approve, regionBuilds: [running!] }, 80)[0]).toBe(
      'Nothing here waits for approval',
    );
  });
  test('another priority', () =>
    expect(shown(prioritizedView(SAMPLES.prioritize, 120))).toMatchInlineSnapshot(`
      "Priority changed for 1 of 1
      └── ⏳ python-ml in us-east-1 x86_64: another place in the queue; queued for tonight 02:30 UTC: urgent window opens
          02:30 UTC; must start by 19:10 UTC to meet the high deadline"
    `));
  test('no other priority', () => {
    const regionBuilds = SAMPLES.prioritize.regionBuilds.map((build) => ({
      ...build,
      outcome: 'unchanged' as const,
    }));
    expect(prioritizedView({ ...SAMPLES.prioritize, regionBuilds }, 80)[0]).toBe('Nothing to change');
  });
});

describe('templates that people said something about', () => {
  test('enabled', () =>
    expect(shown(enabledView(SAMPLES.enableTemplate))).toMatchInlineSnapshot(`
    "python-ml is enabled and kept: it is rebuilt whenever its base image moves.
    Popularity threshold: 3 launches"
  `));
  test('disabled', () =>
    expect(shown(templateChangedView(SAMPLES.disableTemplate))).toMatchInlineSnapshot(
      `"python-ml is disabled: prefer-fresh-builds. Nothing is built for it."`,
    ));
  test('paused', () =>
    expect(shown(templateChangedView(SAMPLES.pauseTemplate))).toMatchInlineSnapshot(
      `"python-ml is paused: exams. What is queued for it waits."`,
    ));
  test('unpaused, and unpaused before', () => {
    expect(unpausedView({ ...SAMPLES.unpauseTemplate, changed: true })).toEqual([
      'python-ml is enabled and kept: it is rebuilt whenever its base image moves.',
      'An image that failed is not tried again by itself: cws templates auto-ami build python-ml',
    ]);
    expect(unpausedView(SAMPLES.unpauseTemplate)).toEqual([
      'python-ml was already enabled and kept: it is rebuilt whenever its base image moves.',
    ]);
  });
});
