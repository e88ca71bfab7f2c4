import { describe, expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { compareReleases } from '../../../src/core/base-images/imageRelease.ts';
import { matchesGlob } from '../../../src/core/base-images/matchesGlob.ts';
import { releaseIn, releaseOf } from '../../../src/core/base-images/releaseOf.ts';
import { BASE_FAMILIES, type BaseFamily } from '../../../src/core/base-images/trackedBaseImage.ts';
import { numbers } from '../numbers.ts';
import { spoil } from '../spoil.ts';

const NAMES_EACH = 8_000;
const FILTERS = 100_000;
const LONGEST_MS = 2_000;

/** As their upstreams write them. */
const NAMES: Readonly<Record<Exclude<BaseFamily, 'custom'>, readonly string[]>> = {
  'amazon-linux-2023': ['al2023-ami-minimal-2023.10.20260120.4-kernel-6.1-x86_64'],
  'amazon-linux-2': ['amzn2-ami-kernel-5.10-hvm-2.0.20260629.0-x86_64-gp2'],
  'ecs-optimized': [
    'al2023-ami-ecs-gpu-hvm-2023.0.20260901-kernel-6.1-x86_64-ebs',
    'amzn2-ami-ecs-kernel-5.10-hvm-2.0.20260120-x86_64-ebs',
  ],
  'eks-optimized': ['amazon-eks-node-al2023-x86_64-standard-1.33-v20260120'],
  ubuntu: [
    'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240927.1',
    'ubuntu-pro-server/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-pro-server-20240927',
  ],
  debian: ['debian-12-amd64-20240717-1811'],
  rocky: ['Rocky-9-EC2-Base-9.4-20240523.0.x86_64'],
  alma: ['AlmaLinux OS 9.4.20240507 x86_64'],
  rhel: ['RHEL-9.4.0_HVM_GA-20240605-x86_64-82-Hourly2-GP3'],
  sles: ['suse-sles-15-sp6-v20240808-hvm-ssd-x86_64'],
  'centos-stream': ['CentOS Stream 9 x86_64 20240701'],
  fedora: ['Fedora-Cloud-Base-AmazonEC2.x86_64-44-20260501.0'],
  'deep-learning': ['Deep Learning ARM64 Base OSS Nvidia Driver GPU AMI (Ubuntu 24.04) 20260522'],
  windows: ['Windows_Server-2022-English-Full-Base-2026.01.14'],
};
const ALL_NAMES = Object.values(NAMES).flat();

describe('names of images', () => {
  test.each(Object.entries(NAMES))('%s: those of its upstream are read', (family, names) => {
    for (const name of names)
      expect(releaseOf(family as BaseFamily, { imageId: 'ami-1', name }).readFrom).toBe('name');
  });

  test.each(BASE_FAMILIES)(`%s: ${NAMES_EACH} spoilt ones are read or dated by their creation`, (family) => {
    const next = numbers(family.length * 7_919);
    const own = family === 'custom' ? ALL_NAMES : NAMES[family];
    let slowest = 0;
    let before = releaseOf(family, { imageId: 'ami-0' });
    for (let count = 0; count < NAMES_EACH; count += 1) {
      const from = count % 4 === 0 ? ALL_NAMES : own;
      const name = spoil(from[next(from.length)] ?? '', next);
      const creationDate = spoil('2026-01-20T08:00:00.000Z', next);
      const start = performance.now();
      const release = releaseIn(count % 2 === 0 ? { family } : { family, own: true }, {
        imageId: 'ami-1',
        name,
        creationDate,
      });
      const order = compareReleases(before, release);
      slowest = Math.max(slowest, performance.now() - start);
      if (
        order + compareReleases(release, before) !== 0 ||
        !/^\d{8}$/.test(release.date) ||
        release.name === ''
      )
        throw new Error(JSON.stringify([name, creationDate, release]));
      before = release;
    }
    expect(slowest).toBeLessThan(LONGEST_MS);
  });
});

describe('filters of names', () => {
  const filters = [
    ...BASE_IMAGES.flatMap(({ source }) => ('nameFilter' in source ? [source.nameFilter] : [])),
  ]
    .map(String)
    .concat('*', '?', 'golden-*-2026.??.*', '**a**b**');

  test(`${FILTERS} pairs of a spoilt filter and a spoilt name match or do not, as an expression says`, () => {
    const next = numbers(32_452_843);
    let matched = 0;
    let slowest = 0;
    for (let count = 0; count < FILTERS; count += 1) {
      const name = spoil(ALL_NAMES[next(ALL_NAMES.length)] ?? '', next).slice(0, 40);
      const filter = count % 2 === 0 ? spoil(filters[next(filters.length)] ?? '', next) : holed(name, next);
      const start = performance.now();
      const matches = matchesGlob(filter, name);
      slowest = Math.max(slowest, performance.now() - start);
      if (count % 2 === 1 && !matches) throw new Error(JSON.stringify([filter, name]));
      if (count % 10 === 0 && matches !== expected(filter).test(name))
        throw new Error(JSON.stringify([filter, name, matches]));
      if (matches) matched += 1;
    }
    expect(matched).toBeGreaterThan(FILTERS / 2);
    expect(slowest).toBeLessThan(LONGEST_MS);
  });

  test('one of nothing but stars takes no longer than filter times name', () => {
    const start = performance.now();
    expect(matchesGlob('*a'.repeat(2_000), 'a'.repeat(1_999))).toBe(false);
    expect(performance.now() - start).toBeLessThan(LONGEST_MS);
  });
});

/** A filter that the name matches: some of its characters are left open. */
function holed(name: string, next: (below: number) => number): string {
  const wild = /[*?]/;
  return [...name.split('')]
    .map((character) => (wild.test(character) ? '?' : (['*', '?', '*?', '**'][next(20)] ?? character)))
    .map((piece) => (piece === '*?' ? '?*' : piece))
    .join('');
}

const expected = (filter: string) =>
  new RegExp(
    `^${filter
      .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
      .replaceAll(/\*+/g, '[^]*')
      .replaceAll('?', '[^]')}$`,
  );
