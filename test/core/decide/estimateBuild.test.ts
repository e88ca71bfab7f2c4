import { expect, test } from 'vitest';
import { estimateBuild, firstInstanceType } from '../../../src/core/decide/estimateBuild.ts';
import { holdOf } from '../../../src/core/decide/holdOf.ts';
import { HOUR, MINUTE } from '../../../src/core/words.ts';
import { aResolvedTemplate } from '../template/builders.ts';
import { aPolicy, DOLLAR } from './builders.ts';

const prices = { instanceHour: DOLLAR, volumeGbMonth: 73_000, snapshotGbMonth: 50_000, copyGb: 20_000 };
const estimated = { template: aResolvedTemplate(), instanceType: 'm7i.large', durations: [], prices };

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
  expect(firstInstanceType(template, { x86_64: ['m7i.large'], arm64: [] }, 'x86_64')).toBe('c7i.large');
  expect(firstInstanceType(undefined, { x86_64: ['m7i.large'], arm64: [] }, 'x86_64')).toBe('m7i.large');
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
