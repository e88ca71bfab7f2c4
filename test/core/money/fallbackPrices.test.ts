import { expect, test } from 'vitest';
import { readConfiguration } from '../../../lib/configuration/readConfiguration.ts';
import { fallbackPrices } from '../../../src/core/money/fallbackPrices.ts';

test('every instance type that builds run on unless configured otherwise has a price, in every region', () => {
  const { regions } = readConfiguration('homeRegion: us-east-1', 'c.yaml');
  const types = regions.flatMap(({ instanceTypes }) => Object.values(instanceTypes).flat());
  expect(types).toHaveLength(4);
  for (const type of types)
    for (const region of ['us-east-1', 'eu-west-1', 'xx-somewhere-1'])
      expect(fallbackPrices(region, type)?.instanceHour, `${type} in ${region}`).toBeGreaterThan(50_000);
});

test('sizes of a family are multiples of each other', () => {
  const hour = (type: string) => fallbackPrices('us-east-1', type)?.instanceHour;
  expect([hour('m7i.large'), hour('m7i.xlarge'), hour('m7i.8xlarge')]).toEqual([100_800, 201_600, 1_612_800]);
});

test('a region that is not listed is as dear as the dearest', () => {
  const here = fallbackPrices('us-east-1', 'm7g.large');
  const there = fallbackPrices('xx-somewhere-1', 'm7g.large');
  expect(there?.instanceHour).toBeGreaterThan(here?.instanceHour ?? Number.POSITIVE_INFINITY);
  expect(there?.copyGb).toBeGreaterThan(here?.copyGb ?? Number.POSITIVE_INFINITY);
});

test('nothing is promised for a type that is not known', () => {
  expect(fallbackPrices('us-east-1', 'z99.huge')).toBeUndefined();
  expect(fallbackPrices('us-east-1', 'constructor')).toBeUndefined();
});
