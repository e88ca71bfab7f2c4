import { expect, test } from 'vitest';
import { boundedDuration, latestStart } from '../../../src/core/time/latestStart.ts';
import { HOUR, MINUTE } from '../../../src/core/words.ts';

test('the latest start leaves time for the soak and for a slow build', () => {
  const deadline = Date.parse('2026-11-24T20:00Z');
  const pace = { soak: HOUR, p90: 40 * MINUTE, safetyFactor: 1.5 };
  expect(latestStart(deadline, pace)).toBe(Date.parse('2026-11-24T18:00Z'));
});

test('a build is assumed to take whole milliseconds, rounded up', () => {
  expect(boundedDuration({ p90: 1_001, safetyFactor: 1.25 })).toBe(1_252);
});
