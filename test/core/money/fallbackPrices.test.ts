import { expect, test } from 'vitest';
import { readConfiguration } from '../../../lib/configuration/readConfiguration.ts';
import { fallbackPrices } from '../../../src/core/money/fallbackPrices.ts';
import type { PricedInstance } from '../../../src/core/money/pricedInstance.ts';

const linux = (region: string, instanceType: string): PricedInstance => ({
  region,
  instanceType,
  operatingSystem: 'linux',
});

test('every instance type that builds run on unless configured otherwise has a price, in every region', () => {
  const { regions } = readConfiguration('homeRegion: us-east-1', 'c.yaml');
  const types = regions.flatMap(({ instanceTypes }) => Object.values(instanceTypes).flat());
  expect(types).toHaveLength(4);
  for (const type of types)
    for (const region of ['us-east-1', 'eu-west-1', 'xx-somewhere-1'])
      expect(fallbackPrices(linux(region, type))?.instanceHour, `${type} in ${region}`).toBeGreaterThan(
        50_000,
      );
});

test('sizes of a family are multiples of each other', () => {
  const hour = (type: string) => fallbackPrices(linux('us-east-1', type))?.instanceHour;
  expect([hour('m7i.large'), hour('m7i.xlarge'), hour('m7i.8xlarge')]).toEqual([100_800, 201_600, 1_612_800]);
});

test('a region that is not listed is as dear as the dearest', () => {
  const here = fallbackPrices(linux('us-east-1', 'm7g.large'));
  const there = fallbackPrices(linux('xx-somewhere-1', 'm7g.large'));
  expect(there?.instanceHour).toBeGreaterThan(here?.instanceHour ?? Number.POSITIVE_INFINITY);
  expect(there?.copyGb).toBeGreaterThan(here?.copyGb ?? Number.POSITIVE_INFINITY);
});

test('nothing is promised for a type that is not known', () => {
  expect(fallbackPrices(linux('us-east-1', 'z99.huge'))).toBeUndefined();
  expect(fallbackPrices(linux('us-east-1', 'constructor'))).toBeUndefined();
});

test('a subscription of Red Hat is paid by the vCPU, and dearer where everything is', () => {
  const surcharge = (type: string, region = 'us-east-1') => {
    const plain = fallbackPrices(linux(region, type))?.instanceHour ?? Number.NaN;
    const rhel = fallbackPrices({ ...linux(region, type), operatingSystem: 'rhel' })?.instanceHour;
    return (rhel ?? Number.NaN) - plain;
  };
  expect(surcharge('m7i.large')).toBe(2 * 14_400);
  expect(surcharge('m7i.2xlarge')).toBe(8 * 14_400);
  expect(surcharge('g5.xlarge')).toBe(4 * 14_400);
  // A burstable nano has two of them.
  expect(surcharge('t3.nano')).toBe(2 * 14_400);
  expect(surcharge('m7i.large', 'eu-central-1')).toBe(2 * 18_000);
});

test('nothing is promised for subscriptions whose prices nobody could give a source for', () => {
  expect(fallbackPrices({ ...linux('us-east-1', 'm7i.large'), operatingSystem: 'suse' })).toBeUndefined();
  expect(fallbackPrices({ ...linux('us-east-1', 'm7i.large'), operatingSystem: 'windows' })).toBeUndefined();
});
