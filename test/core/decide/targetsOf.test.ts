import { expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { targetsOf, whyNoBase } from '../../../src/core/decide/targetsOf.ts';
import { aResolvedTemplate } from '../template/builders.ts';
import { aPolicy } from './builders.ts';

const REGIONS = ['us-east-1', 'cn-north-1'];
const named = (name: string) => BASE_IMAGES.find((base) => base.name === name);
const places = (...[template, base, policy]: Parameters<typeof targetsOf>) =>
  targetsOf(template, base, policy, REGIONS).map(({ region, architecture }) => `${region} ${architecture}`);

const both = aResolvedTemplate({ architectures: ['x86_64', 'arm64'], base: 'amazon-linux-2023' });

test('every region of the deployment for every architecture', () => {
  expect(places(both, named('amazon-linux-2023'), aPolicy(), REGIONS)).toEqual([
    'us-east-1 x86_64',
    'us-east-1 arm64',
    'cn-north-1 x86_64',
    'cn-north-1 arm64',
  ]);
});

test('only where the policy wants it', () => {
  const policy = aPolicy({ templates: { [both.slug]: { regions: ['us-east-1'] } } });
  expect(places(both, named('amazon-linux-2023'), policy, REGIONS)).toEqual([
    'us-east-1 x86_64',
    'us-east-1 arm64',
  ]);
});

test('only where its base is published, and for the architectures it is published for', () => {
  const base = { ...named('amazon-linux-2023')!, regions: { partitions: ['aws'] as const } };
  const source = { kind: 'parameter', names: { x86_64: '/a' } } as const;
  expect(places(both, { ...base, source }, aPolicy(), REGIONS)).toEqual(['us-east-1 x86_64']);
  expect(whyNoBase(both, base, { region: 'cn-north-1', architecture: 'x86_64' })).toBe(
    'amazon-linux-2023 is not published in cn-north-1',
  );
  expect(whyNoBase(both, { ...base, source }, { region: 'us-east-1', architecture: 'arm64' })).toBe(
    'amazon-linux-2023 is not published for arm64',
  );
});

test('a template of ready-made images only where it names one', () => {
  const fixed = aResolvedTemplate({
    base: 'ami-based',
    amiConfig: { amis: { 'us-east-1': { x86_64: 'ami-0123456789abcdef0' } } },
  });
  expect(places(fixed, undefined, aPolicy(), REGIONS)).toEqual(['us-east-1 x86_64']);
});
