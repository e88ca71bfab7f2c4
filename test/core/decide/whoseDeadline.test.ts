import { describe, expect, test } from 'vitest';
import type { Reason } from '../../../src/core/builds/regionBuild.ts';
import { mergeReasons } from '../../../src/core/decide/mergeReasons.ts';
import { plan } from '../../../src/core/decide/plan.ts';
import { policyClocks } from '../../../src/core/decide/policyClocks.ts';
import { requestOf, type Wanted } from '../../../src/core/decide/requestOf.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/words.ts';
import { anInput, aPolicy, aRegionBuild, aWindow, TWO_PM } from './builders.ts';

const TARGET = { template: 'python-ml', region: 'us-east-1', architecture: 'x86_64' } as const;

function wish(wanted: Omit<Wanted, 'target'>, policy = aPolicy()) {
  return requestOf({ ...wanted, target: TARGET }, policy, 30 * MINUTE, TWO_PM)!.wish;
}

const moved = (level: Reason['level'], at = TWO_PM): Reason => ({
  trigger: 'security',
  level,
  at,
  because: `the base moved (${level}) at ${at}`,
});

const lineOf = (build: ReturnType<typeof wish>, policy = aPolicy()) =>
  plan(
    anInput({
      policy,
      clocks: policyClocks(policy),
      queue: [aRegionBuild({ ...build, approval: 'given' })],
    }),
  ).reasons[0]?.line.because;

describe('a request keeps whose deadline binds', () => {
  test.each([
    ['of its level', { reasons: [moved('high')] }, 'high'],
    ['of --urgent', { reasons: [{ ...moved('none'), trigger: 'manual' }], urgent: true }, 'urgent'],
    ['of a term before that of its level', { reasons: [moved('low')], deadline: TWO_PM + DAY }, 'term'],
    ['of its level before that of a term', { reasons: [moved('high')], deadline: TWO_PM + 9 * DAY }, 'high'],
    ['of nobody, where it only ranks', { reasons: [{ ...moved('none'), trigger: 'manual' }] }, undefined],
  ] as const)('%s', (_, wanted, whose) => {
    expect(wish(wanted).deadlineOf).toBe(whose);
  });

  test('also when reasons merge: the earliest that binds, whatever the worst level is', () => {
    const medium = wish({ reasons: [moved('medium', TWO_PM - 6.9 * DAY)] });
    const merged = mergeReasons(medium, wish({ reasons: [moved('high')] }), aPolicy());
    expect(merged).toMatchObject({ level: 'high', deadlineOf: 'medium', deadline: TWO_PM + 0.1 * DAY });
    const urgent = mergeReasons(merged!, wish({ reasons: [moved('none')], urgent: true }), aPolicy());
    expect(urgent).toMatchObject({ deadlineOf: 'medium', deadline: TWO_PM + 0.1 * DAY });
    const critical = mergeReasons(
      merged!,
      wish({ reasons: [moved('critical', TWO_PM - 3 * HOUR)] }),
      aPolicy(),
    );
    expect(critical).toMatchObject({ deadlineOf: 'critical', deadline: TWO_PM + HOUR });
  });

  test('one that binds takes the place of one that only ranked, and its name with it', () => {
    const ranks = wish({ reasons: [{ ...moved('none'), trigger: 'dependency' }] });
    expect(mergeReasons(ranks, wish({ reasons: [moved('low')] }), aPolicy())?.deadlineOf).toBe('low');
    expect(mergeReasons(wish({ reasons: [moved('low')] }), ranks, aPolicy())?.deadlineOf).toBe('low');
  });
});

describe('a sentence names the deadline that binds', () => {
  test('a low update for a term that starts in two hours', () => {
    const build = wish({ reasons: [moved('low')], deadline: TWO_PM + 2 * HOUR });
    expect(lineOf(build)).toContain('must start by 15:15 on Tue 24 Nov to meet the start of the term');
  });

  test('a high update that joins a medium one of a week ago', () => {
    const medium = wish({ reasons: [moved('medium', TWO_PM - 6.9 * DAY)] });
    const merged = mergeReasons(medium, wish({ reasons: [moved('high')] }), aPolicy())!;
    expect(lineOf(merged)).toContain('to meet the medium deadline');
  });

  test('what starts at once is asked for by the level whose window is immediate', () => {
    const windows = { offPeak: [aWindow(2, 6)], urgent: [aWindow(20, 6)] };
    const { perLevel } = aPolicy();
    const policy = aPolicy({
      windows,
      perLevel: { ...perLevel, low: { window: 'immediate', action: 'auto' } },
    });
    const build = wish({ reasons: [moved('high'), moved('low')] }, policy);
    expect(lineOf(build, policy)).toContain('granted: the low deadline asks for a start at once');
  });
});
