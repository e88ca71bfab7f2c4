import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDotted, compareReleases, wentBack } from '../../../src/core/base-images/imageRelease.ts';
import {
  kernelStreamChanged,
  releaseIn,
  releaseOf,
  versionRose,
} from '../../../src/core/base-images/releaseOf.ts';
import { BASE_FAMILIES } from '../../../src/core/base-images/trackedBaseImage.ts';

const imageId = 'ami-0123456789abcdef0';

describe('releaseOf reads the release from the name as its upstream writes it', () => {
  test.each([
    [
      'amazon-linux-2023',
      'al2023-ami-2023.10.20260120.4-kernel-6.1-x86_64',
      '2023.10.20260120',
      '20260120',
      '4',
      '2023.10',
      '6.1',
      'default',
    ],
    [
      'amazon-linux-2023',
      'al2023-ami-minimal-2023.12.20260629.0-kernel-6.12-arm64',
      '2023.12.20260629',
      '20260629',
      '0',
      '2023.12',
      '6.12',
      'minimal',
    ],
    [
      'amazon-linux-2023',
      'al2023-ami-2023.0.20230308.0-kernel-6.1-x86_64',
      '2023.0.20230308',
      '20230308',
      '0',
      '2023.0',
      '6.1',
      'default',
    ],
    [
      'amazon-linux-2',
      'amzn2-ami-kernel-5.10-hvm-2.0.20260629.0-x86_64-gp2',
      '2.0.20260629',
      '20260629',
      '0',
      '2.0',
      '5.10',
      'default',
    ],
    [
      'amazon-linux-2',
      'amzn2-ami-hvm-2.0.20230404.1-arm64-gp2',
      '2.0.20230404',
      '20230404',
      '1',
      '2.0',
      undefined,
      'default',
    ],
    [
      'amazon-linux-2',
      'amzn2-ami-minimal-hvm-2.0.20230926.0-x86_64-ebs',
      '2.0.20230926',
      '20230926',
      '0',
      '2.0',
      undefined,
      'minimal',
    ],
    [
      'ecs-optimized',
      'al2023-ami-ecs-hvm-2023.0.20260120-kernel-6.1-x86_64',
      '20260120',
      '20260120',
      '',
      undefined,
      '6.1',
      'default',
    ],
    [
      'ecs-optimized',
      'amzn2-ami-ecs-hvm-2.0.20230929-x86_64-ebs',
      '20230929',
      '20230929',
      '',
      undefined,
      undefined,
      'default',
    ],
    [
      'ecs-optimized',
      'amzn2-ami-ecs-kernel-5.10-hvm-2.0.20260120-x86_64-ebs',
      '20260120',
      '20260120',
      '',
      undefined,
      '5.10',
      'default',
    ],
    [
      'ecs-optimized',
      'amzn2-ami-ecs-kernel-5.10-gpu-hvm-2.0.20240528-x86_64-ebs',
      '20240528',
      '20240528',
      '',
      undefined,
      '5.10',
      'default',
    ],
    [
      'ecs-optimized',
      'al2023-ami-ecs-gpu-hvm-2023.0.20260901-kernel-6.1-x86_64-ebs',
      '20260901',
      '20260901',
      '',
      undefined,
      '6.1',
      'default',
    ],
    [
      'ecs-optimized',
      'al2023-ami-ecs-neuron-hvm-2023.0.20251209-kernel-6.1-x86_64',
      '20251209',
      '20251209',
      '',
      undefined,
      '6.1',
      'default',
    ],
    [
      'eks-optimized',
      'amazon-eks-node-al2023-x86_64-standard-1.33-v20260120',
      'v20260120',
      '20260120',
      '',
      '1.33',
      undefined,
      'default',
    ],
    [
      'ubuntu',
      'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240927',
      '20240927',
      '20240927',
      '',
      '24.04',
      undefined,
      'default',
    ],
    [
      'ubuntu',
      'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-arm64-server-20240927.1',
      '20240927.1',
      '20240927',
      '1',
      '22.04',
      undefined,
      'default',
    ],
    [
      'ubuntu',
      'ubuntu-pro-server/images/hvm-ssd/ubuntu-jammy-22.04-amd64-pro-server-20240709',
      '20240709',
      '20240709',
      '',
      '22.04',
      undefined,
      'default',
      'pro-server',
    ],
    [
      'ubuntu',
      'ubuntu-eks/k8s_1.34/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260923',
      '20260923',
      '20260923',
      '',
      '24.04',
      undefined,
      'default',
      'eks',
    ],
    [
      'ubuntu',
      'ubuntu-minimal/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-minimal-20240709',
      '20240709',
      '20240709',
      '',
      '24.04',
      undefined,
      'minimal',
      'minimal',
    ],
    [
      'debian',
      'debian-12-amd64-20240717-1811',
      '20240717-1811',
      '20240717',
      '1811',
      '12',
      undefined,
      'default',
    ],
    [
      'debian',
      'debian-13-arm64-20251117-2299',
      '20251117-2299',
      '20251117',
      '2299',
      '13',
      undefined,
      'default',
    ],
    [
      'rocky',
      'Rocky-9-EC2-Base-9.6-20250531.0.x86_64',
      '9.6-20250531.0',
      '20250531',
      '0',
      '9.6',
      undefined,
      'default',
    ],
    [
      'rocky',
      'Rocky-8-EC2-Base-8.10-20250612.0.aarch64',
      '8.10-20250612.0',
      '20250612',
      '0',
      '8.10',
      undefined,
      'default',
    ],
    [
      'rocky',
      'Rocky-8-ec2-8.6-20220515.0.x86_64',
      '8.6-20220515.0',
      '20220515',
      '0',
      '8.6',
      undefined,
      'default',
    ],
    ['alma', 'AlmaLinux OS 9.4.20240507 x86_64', '9.4.20240507', '20240507', '', '9.4', undefined, 'default'],
    [
      'alma',
      'AlmaLinux OS 10.2.20260817.0 aarch64',
      '10.2.20260817',
      '20260817',
      '0',
      '10.2',
      undefined,
      'default',
    ],
    [
      'alma',
      'AlmaLinux OS 9.4.20240507 x86_64-3f2b8a1c-0000-4000-8000-00aa11bb22cc',
      '9.4.20240507',
      '20240507',
      '',
      '9.4',
      undefined,
      'default',
    ],
    [
      'rhel',
      'RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3',
      '9.4-20240605-82',
      '20240605',
      '82',
      '9.4',
      undefined,
      'default',
    ],
    [
      'rhel',
      'RHEL-10.1.0_HVM_GA-20251031-arm64-0-Hourly2-GP3',
      '10.1-20251031-0',
      '20251031',
      '0',
      '10.1',
      undefined,
      'default',
    ],
    [
      'sles',
      'suse-sles-15-sp6-v20240808-hvm-ssd-x86_64',
      '15-sp6-v20240808',
      '20240808',
      '',
      '15-sp6',
      undefined,
      'default',
    ],
    [
      'sles',
      'suse-sles-16-0-v20251104-hvm-ssd-arm64',
      '16-0-v20251104',
      '20251104',
      '',
      '16-0',
      undefined,
      'default',
    ],
    [
      'centos-stream',
      'CentOS Stream 9 x86_64 20240701',
      '20240701',
      '20240701',
      '',
      '9',
      undefined,
      'default',
    ],
    [
      'fedora',
      'Fedora-Cloud-Base-AmazonEC2.aarch64-44-20250101.0',
      '20250101.0',
      '20250101',
      '0',
      '44',
      undefined,
      'default',
    ],
    [
      'deep-learning',
      'Deep Learning ARM64 Base OSS Nvidia Driver GPU AMI (Ubuntu 24.04) 20260522',
      '20260522',
      '20260522',
      '',
      undefined,
      undefined,
      'default',
    ],
    [
      'windows',
      'Windows_Server-2022-English-Full-Base-2026.01.14',
      '2022-2026.01.14',
      '20260114',
      '',
      '2022',
      undefined,
      'default',
    ],
  ] as const)(
    '%s: %s',
    (family, name, release, date, build, version, kernel, flavour, ...[variant]: readonly string[]) => {
      expect(releaseOf(family, { imageId, name })).toEqual({
        name: release,
        date,
        build,
        ...(version === undefined ? {} : { version }),
        ...(kernel === undefined ? {} : { kernel }),
        flavour,
        ...(variant === undefined ? {} : { variant }),
        readFrom: 'name',
      });
    },
  );

  test.each([
    ['amazon-linux-2023', 'al2023-ami-2023.10.20260120.4-kernel-6.1-x86_64-hardened-v3'],
    ['amazon-linux-2', 'amzn2-ami-kernel-5.10-hvm-2.0.20260629.0-x86_64-gp2-with-docker'],
    ['ubuntu', 'golden/ubuntu-noble-24.04-amd64-server-20240927'],
    ['rocky', 'Rocky-9-EC2-Base-9.6-20250531.0.x86_64-ours'],
    ['alma', 'AlmaLinux OS 9.4.20240507 x86_64 with slurm'],
    ['rhel', 'RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3-hardened'],
    ['sles', 'suse-sles-15-sp6-v20240808-hvm-ssd-x86_64-ours'],
    ['ecs-optimized', 'our-al2023-ami-ecs-hvm-2023.0.20260120-kernel-6.1-x86_64'],
  ] as const)("%s: %s is more than its upstream's image", (family, name) => {
    expect(releaseOf(family, { imageId, name }).readFrom).toBe('creation-date');
  });
});

describe('an own image', () => {
  const creationDate = '2026-01-20T08:09:10.000Z';
  const golden = { family: 'ubuntu', own: true } as const;

  test.each([
    ['golden-2026-01-20', 'golden-2026-01-20'],
    ['golden-2026-01-20-x86_64', 'golden-2026-01-20'],
    ['golden-2026-01-20-arm64', 'golden-2026-01-20'],
    ['golden.aarch64.7', 'golden.7'],
    ['AMD64 golden 7', 'golden 7'],
    ['arm64', 'arm64'],
    ['charm64ing', 'charm64ing'],
  ])('%s is the release %s, wherever it is and for whichever architecture', (name, release) => {
    for (const id of ['ami-1', 'ami-2'])
      expect(releaseIn(golden, { imageId: id, name, creationDate })).toEqual({
        name: release,
        date: '20260120',
        build: '080910000',
        readFrom: 'own-name',
      });
  });

  test("that bears its upstream's name is its upstream's release, such as a copy in the account", () => {
    const name = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240927';
    expect(releaseIn(golden, { imageId, name, creationDate })).toEqual(
      releaseOf('ubuntu', { imageId, name, creationDate }),
    );
  });

  test('whose name nobody knows is told by its creation date and id', () => {
    expect(releaseIn(golden, { imageId, creationDate })).toMatchObject({ name: `2026-01-20/${imageId}` });
  });

  test("an upstream's own image that is not named as usual is told by its id: its name may not tell it apart", () => {
    expect(releaseIn({ family: 'ubuntu' }, { imageId, name: 'ubuntu-new', creationDate }).readFrom).toBe(
      'creation-date',
    );
  });
});

describe('a name that tells nothing', () => {
  const creationDate = '2026-01-20T08:09:10.000Z';
  test.each([
    ['amazon-linux-2023', 'our golden image'],
    ['amazon-linux-2023', 'al2023-ami-2023.10.20261320.0-kernel-6.1-x86_64'],
    ['debian', 'debian-12-amd64-daily'],
    ['custom', 'al2023-ami-2023.10.20260120.4-kernel-6.1-x86_64'],
    ['ubuntu', 'x'.repeat(300)],
  ] as const)('%s: %s falls back to creation date and id', (family, name) => {
    expect(releaseOf(family, { imageId, name, creationDate })).toEqual({
      name: `2026-01-20/${imageId}`,
      date: '20260120',
      build: '080910000',
      readFrom: 'creation-date',
    });
  });

  test('without a creation date the image id alone names it', () => {
    expect(releaseOf('rocky', { imageId })).toEqual({
      name: imageId,
      date: '00000000',
      build: '',
      readFrom: 'creation-date',
    });
  });

  test('any name of any family gives a release with a date of eight digits', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BASE_FAMILIES),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (family, name) => {
          expect(releaseOf(family, { imageId, name, creationDate }).date).toMatch(/^\d{8}$/);
        },
      ),
    );
  });
});

describe('the order of releases', () => {
  const al2023 = (name: string) =>
    releaseOf('amazon-linux-2023', { imageId, name: `al2023-ami-${name}-kernel-6.1-x86_64` });

  test('is by the date part: as text 2023.9 sorts after 2023.10', () => {
    const names = ['2023.9.20251208.0', '2023.10.20260105.0', '2023.9.20251105.0', '2023.12.20260608.0'];
    expect(
      names
        .map(al2023)
        .sort(compareReleases)
        .map(({ name }) => name),
    ).toEqual(['2023.9.20251105', '2023.9.20251208', '2023.10.20260105', '2023.12.20260608']);
  });

  test('then by build, as a number', () => {
    expect(compareReleases(al2023('2023.10.20260120.10'), al2023('2023.10.20260120.4'))).toBe(1);
    expect(compareReleases(al2023('2023.10.20260120.4'), al2023('2023.10.20260120.4'))).toBe(0);
  });

  test('is by the point release first: RHEL 9.5 had been made before the last 9.4', () => {
    const rhel = (name: string) => releaseOf('rhel', { imageId, name: `RHEL-${name}-Hourly2-GP3` });
    const [last, next] = [rhel('9.4.0_HVM-20241112-x86_64-0'), rhel('9.5.0_HVM-20241104-x86_64-0')];
    expect(compareReleases(last, next)).toBe(-1);
    expect(wentBack({ from: last, to: next })).toBe(false);
    expect(wentBack({ from: next, to: last })).toBe(true);
    expect(compareReleases(rhel('9.9.0_HVM-20260101-x86_64-0'), rhel('9.10.0_HVM-20260101-x86_64-0'))).toBe(
      -1,
    );
  });

  test('by date between images of which only one tells its version', () => {
    const named = releaseOf('rhel', { imageId, name: 'RHEL-9.4.0_HVM-20241112-x86_64-0-Hourly2-GP3' });
    const gone = releaseOf('rhel', { imageId, creationDate: '2024-11-13T08:00:00.000Z' });
    expect(wentBack({ from: named, to: gone })).toBe(false);
    expect(wentBack({ from: gone, to: named })).toBe(true);
  });

  test('is a total order, of those that tell a version and of those that tell none', () => {
    const unversioned = {
      name: fc.string({ maxLength: 3 }),
      date: fc.constantFrom('20260101', '20260102'),
      build: fc.constantFrom('', '0', '1', '10', '0.1'),
      readFrom: fc.constant('name' as const),
    };
    const versioned = { ...unversioned, version: fc.constantFrom('9.4', '9.10', '15-sp6') };
    const three = fc.oneof(
      ...[fc.record(unversioned), fc.record(versioned)].map((release) => fc.tuple(release, release, release)),
    );
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        expect(compareReleases(a, b)).toBe(-compareReleases(b, a) || 0);
        if (compareReleases(a, b) <= 0 && compareReleases(b, c) <= 0)
          expect(compareReleases(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('dotted numbers compare by value, however long', () => {
    expect(compareDotted('9.4', '9.10')).toBe(-1);
    expect(compareDotted('', '0')).toBe(-1);
    expect(compareDotted('1'.repeat(500), '1'.repeat(499))).toBe(1);
  });

  test('versionRose and kernelStreamChanged tell features', () => {
    expect(versionRose(al2023('2023.9.20251208.0'), al2023('2023.10.20260105.0'))).toBe(true);
    expect(versionRose(al2023('2023.10.20260105.0'), al2023('2023.10.20260120.0'))).toBe(false);
    const next = releaseOf('amazon-linux-2023', {
      imageId,
      name: 'al2023-ami-2023.10.20260105.0-kernel-6.12-x86_64',
    });
    expect(kernelStreamChanged(al2023('2023.9.20251208.0'), next)).toBe(true);
  });
});
