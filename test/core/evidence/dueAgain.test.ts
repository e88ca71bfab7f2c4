import { describe, expect, it } from 'vitest';
import { dueAgain, nextLook } from '../../../src/core/evidence/dueAgain.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/words.ts';
import type { Instant } from '../../../src/core/words.ts';
import { assess } from '../../../src/core/evidence/assess.ts';
import { aComparison, someFindings } from './builders.ts';

/** Midnight of some day in UTC. */
const MIDNIGHT = Date.UTC(2026, 10, 24);
const SEEN = MIDNIGHT - HOUR;

const assessed = (assessedAt: Instant, incomplete = false) => ({
  firstSeenAt: SEEN,
  assessment: { ...assess(aComparison(), someFindings()), incomplete, assessedAt, compared: [] },
});

const isDue = (update: Parameters<typeof dueAgain>[0], now: Instant) =>
  dueAgain(update, 10 * DAY, now) !== undefined;

describe('an assessed update is due again', () => {
  it('on the next day of UTC, and once on each', () => {
    expect(isDue(assessed(SEEN), MIDNIGHT - MINUTE)).toBe(false);
    expect(isDue(assessed(SEEN), MIDNIGHT)).toBe(true);
    expect(isDue(assessed(MIDNIGHT), MIDNIGHT + DAY - 1)).toBe(false);
    expect(isDue(assessed(MIDNIGHT), MIDNIGHT + DAY)).toBe(true);
  });

  it('as long as the policy says, and no longer', () => {
    expect(isDue(assessed(SEEN), SEEN + 10 * DAY)).toBe(true);
    expect(isDue(assessed(SEEN), SEEN + 10 * DAY + 1)).toBe(false);
    expect(dueAgain(assessed(SEEN), 0, MIDNIGHT)).toBeUndefined();
  });

  it('after an hour if a feed has not answered', () => {
    expect(isDue(assessed(MIDNIGHT, true), MIDNIGHT + HOUR)).toBe(false);
    expect(isDue(assessed(MIDNIGHT, true), MIDNIGHT + HOUR + 1)).toBe(true);
    expect(isDue(assessed(MIDNIGHT), MIDNIGHT + HOUR + 1)).toBe(false);
  });
});

describe('the next look at an update', () => {
  it('is due at the moment that is told, and no earlier', () => {
    for (const incomplete of [false, true])
      for (const at of [MIDNIGHT, MIDNIGHT + HOUR, MIDNIGHT + DAY - 1, MIDNIGHT + DAY - HOUR / 2]) {
        const update = assessed(at, incomplete);
        const next = nextLook(update, 10 * DAY)!;
        expect(isDue(update, next)).toBe(true);
        expect(isDue(update, next - 1)).toBe(false);
      }
  });

  it('is none where the update will be too old for it', () => {
    expect(nextLook(assessed(SEEN + 9 * DAY), 10 * DAY)).toBe(MIDNIGHT + 9 * DAY);
    expect(nextLook(assessed(SEEN + 10 * DAY), 10 * DAY)).toBeUndefined();
    expect(nextLook(assessed(SEEN), 0)).toBeUndefined();
    expect(nextLook({ firstSeenAt: SEEN }, 10 * DAY)).toBeUndefined();
  });

  it('goes by the step that was compared longest ago', () => {
    const update = assessed(MIDNIGHT + 2 * DAY);
    const { type, level, confidence, sources, because, incomplete } = update.assessment;
    const verdict = { type, level, confidence, sources, because, incomplete };
    const verdicts = { a: { ...verdict, at: MIDNIGHT }, b: { ...verdict, at: MIDNIGHT + 2 * DAY } };
    const inSteps = { ...update, assessment: { ...update.assessment, compared: ['a', 'b'], verdicts } };
    expect(nextLook(inSteps, 10 * DAY)).toBe(MIDNIGHT + DAY);
    expect(isDue(inSteps, MIDNIGHT + 2 * DAY)).toBe(true);
  });
});

it('an update that nobody has assessed is pending, not due again', () => {
  expect(isDue({ firstSeenAt: SEEN }, MIDNIGHT)).toBe(false);
});

it('whoever assesses at the moment that is told finds it done afterwards', () => {
  for (const now of [MIDNIGHT, MIDNIGHT + 1, MIDNIGHT + 5 * HOUR, MIDNIGHT + 3 * DAY]) {
    const update = assessed(SEEN, true);
    const before = dueAgain(update, 10 * DAY, now)!;
    expect(update.assessment.assessedAt).toBeLessThan(before);
    expect(now).toBeGreaterThanOrEqual(before);
  }
});
