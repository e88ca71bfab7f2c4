import { expect, test } from 'vitest';
import { scanFloor } from '../../../bench/scan/floor.ts';
import type { TrackedBaseImage } from '../../../src/core/base-images/trackedBaseImage.ts';

const base = (name: string, source: TrackedBaseImage['source']): TrackedBaseImage => ({
  ...{ name, title: name, family: 'custom', source, packageManager: 'dnf', evidence: [] },
});

const onParameters = Array.from({ length: 6 }, (_, i) =>
  base(`p${i}`, {
    kind: 'parameter',
    names: { x86_64: `/aws/service/p${i}`, arm64: `/aws/service/p${i}/arm` },
  }),
);
const onFilters = [1, 2].map((i) =>
  base(`f${i}`, { kind: 'filter', owner: `${i}`.padStart(12, '1'), patterns: { x86_64: `f${i}-*` } }),
);

test('twelve parameters are two requests in each region, any number of filters is one', () => {
  expect([...scanFloor(['us-east-1', 'eu-west-1'], [...onParameters, ...onFilters])]).toEqual([
    ['ssm GetParameters', 4],
    ['ec2 DescribeImages', 2],
  ]);
});

test('without filters EC2 is not asked', () => {
  expect(scanFloor(['us-east-1'], onParameters).get('ec2 DescribeImages')).toBe(0);
});
