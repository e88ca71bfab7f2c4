import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateBuild } from '../../../src/core/decide/estimateBuild.ts';
import { holdOf } from '../../../src/core/decide/holdOf.ts';
import { estimateCeiling, settledCost } from '../../../src/core/money/estimate.ts';
import { HOUR, MINUTE } from '../../../src/core/words.ts';
import { offeredInstanceTypes } from '../../../src/core/template/offeredInstanceTypes.ts';
import { aResolvedTemplate } from '../template/builders.ts';
import { aPolicy, DOLLAR } from './builders.ts';

const prices = { instanceHour: DOLLAR, volumeGbMonth: 73_000, snapshotGbMonth: 50_000, copyGb: 20_000 };
const estimated = {
  template: aResolvedTemplate(),
  instanceType: 'm7i.large',
  durations: [],
  prices: [prices],
};

test('instance and volume for as long as it may run, and probably for as long as half of the builds', () => {
  const estimate = estimateBuild(estimated, aPolicy());
  // Twenty GiB at 73,000 micro-dollars a month of 730 hours.
  const hourly = DOLLAR + 20 * 100;
  expect(estimate).toMatchObject({ hourlyCost: hourly, ceiling: 3 * hourly, maximumDuration: 3 * HOUR });
  expect(estimate.expected).toBe(hourly / 2);
});

test("the template's own volume and longest duration count", () => {
  const template = aResolvedTemplate({
    build: { strategy: 'build', instanceTypes: { x86_64: ['c7i.large'] }, volumeGb: 100, maxMinutes: 60 },
  });
  const estimate = estimateBuild({ ...estimated, template }, aPolicy());
  expect(estimate).toMatchObject({ hourlyCost: DOLLAR + 100 * 100, maximumDuration: HOUR });
});

test("the instance types offered are the template's own, else those of the region", () => {
  const ofRegion = { x86_64: ['m7i.large', 'm6i.large'], arm64: ['m7g.large'] };
  const template = aResolvedTemplate({
    build: { strategy: 'build', instanceTypes: { x86_64: ['c7i.large', 'c6i.large'] } },
  });
  expect(offeredInstanceTypes(template, ofRegion, 'x86_64')).toEqual(['c7i.large', 'c6i.large']);
  expect(offeredInstanceTypes(template, ofRegion, 'arm64')).toEqual(['m7g.large']);
  expect(offeredInstanceTypes(undefined, ofRegion, 'x86_64')).toEqual(['m7i.large', 'm6i.large']);
});

test('of several instance types the dearest is held and settled, and the first is what people are told to expect', () => {
  const dearer = { ...prices, instanceHour: 12 * DOLLAR };
  const estimate = estimateBuild({ ...estimated, prices: [prices, dearer] }, aPolicy());
  const [first, most] = [DOLLAR + 20 * 100, 12 * DOLLAR + 20 * 100];
  expect(estimate).toMatchObject({
    instanceType: 'm7i.large',
    hourlyCost: most,
    ceiling: 3 * most,
    expected: first / 2,
  });
  expect(estimateBuild({ ...estimated, prices: [dearer, prices] }, aPolicy()).ceiling).toBe(estimate.ceiling);
});

test('whichever of them Image Builder takes: what it costs at most is within the ceiling', () => {
  const anyPrice = fc.integer({ min: 1, max: 50 * DOLLAR });
  const anyPrices = fc.record({
    instanceHour: anyPrice,
    volumeGbMonth: anyPrice,
    snapshotGbMonth: anyPrice,
    copyGb: anyPrice,
  });
  fc.assert(
    fc.property(fc.array(anyPrices, { minLength: 1, maxLength: 6 }), fc.nat(), (offered, choice) => {
      const estimate = estimateBuild({ ...estimated, prices: offered }, aPolicy());
      const taken = offered[choice % offered.length]!;
      expect(estimate.ceiling).toBeGreaterThanOrEqual(
        estimateCeiling(taken, { volumeGb: 20, snapshotGb: 20, copies: 0 }, 3 * HOUR),
      );
      const { hourlyCost } = estimate;
      expect(settledCost({ hourlyCost, ran: 3 * HOUR, copies: 0 })).toBeLessThanOrEqual(estimate.ceiling);
    }),
  );
});

test('what was learned, once there is enough of it', () => {
  const durations = [10, 12, 14, 40].map((minutes) => minutes * MINUTE);
  expect(estimateBuild({ ...estimated, durations }, aPolicy())).toMatchObject({
    p50: 12 * MINUTE,
    p90: 40 * MINUTE,
  });
});

test('what stands in the way of any grant is said, the worst first', () => {
  const build = { template: 'python-ml', region: 'us-east-1' };
  const turn = { token: 't', execution: 'e', storedAt: 0 };
  const good = { known: true, resolved: true, regionConfigured: true, priced: true };
  expect(holdOf({ ...build, turn }, good)).toBeUndefined();
  expect(holdOf(build, good)?.rule).toBe('turn');
  expect(holdOf(build, { ...good, priced: false })?.rule).toBe('price');
  expect(holdOf(build, { ...good, priced: false, regionConfigured: false })?.rule).toBe('region');
  expect(holdOf(build, { ...good, known: false, priced: false })?.because).toBe(
    'held: there is no template python-ml any more',
  );
});
