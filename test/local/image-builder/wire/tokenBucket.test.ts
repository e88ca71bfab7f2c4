import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenBucket } from '../../../../local/image-builder/wire/tokenBucket.ts';

test('never more than the burst and what has flowed in since', () => {
  const rate = fc.integer({ min: 1, max: 100 });
  const gaps = fc.array(fc.nat(500), { maxLength: 200 });
  fc.assert(
    fc.property(rate, rate, gaps, (perSecond, burst, pauses) => {
      const bucket = tokenBucket(perSecond, burst, 0);
      let now = 0;
      let taken = 0;
      for (const pause of pauses) {
        now += pause;
        if (bucket.take(now)) taken += 1;
        expect(taken).toBeLessThanOrEqual(burst + (now / 1_000) * perSecond + 1e-6);
      }
    }),
  );
});

test('it fills again with time', () => {
  const bucket = tokenBucket(2, 1, 0);
  expect([bucket.take(0), bucket.take(100), bucket.take(600)]).toEqual([true, false, true]);
});
