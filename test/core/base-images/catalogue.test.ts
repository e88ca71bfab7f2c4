import { describe, expect, test } from 'vitest';
import { BASE_IMAGES, catalogueWith } from '../../../src/core/base-images/catalogue.ts';
import { changelogUrl } from '../../../src/core/base-images/changelogUrl.ts';
import { matchesGlob } from '../../../src/core/base-images/matchesGlob.ts';
import { releaseOf } from '../../../src/core/base-images/releaseOf.ts';
import { partitionOf, servedIn } from '../../../src/core/base-images/servedIn.ts';
import { architecturesOf } from '../../../src/core/base-images/trackedBaseImage.ts';

const base = (name: string) => BASE_IMAGES.find((one) => one.name === name)!;

describe('the catalogue', () => {
  test('has every family', () => {
    expect(BASE_IMAGES.map(({ name }) => name)).toEqual([
      'amazon-linux-2023',
      'amazon-linux-2023-kernel-6.1',
      'amazon-linux-2023-kernel-6.12',
      'amazon-linux-2023-kernel-6.18',
      'amazon-linux-2023-minimal',
      'amazon-linux-2',
      'ubuntu-20.04',
      'ubuntu-22.04',
      'ubuntu-24.04',
      'ubuntu-26.04',
      'debian-12',
      'debian-13',
      'rocky-8',
      'rocky-9',
      'rocky-10',
      'alma-8',
      'alma-9',
      'alma-10',
      'rhel-8',
      'rhel-9',
      'rhel-10',
      'sles-15-sp6',
      'sles-15-sp7',
      'sles-16',
      'windows-2022',
      'windows-2025',
      'ecs-optimized-al2023',
      'eks-1.33',
      'eks-1.34',
      'eks-1.35',
      'eks-1.36',
    ]);
  });

  test.each(BASE_IMAGES.map((one) => [one.name, one] as const))('%s is complete', (_, one) => {
    expect(architecturesOf(one)).toContain('x86_64');
    expect(Number.isNaN(Date.parse(one.endOfLife ?? ''))).toBe(false);
    if (one.source.kind === 'filter') expect(one.source.owner).toMatch(/^\d{12}$/);
    else
      for (const name of Object.values(one.source.names)) expect(name).toMatch(/^\/aws\/service\/[\w./-]+$/);
    if (one.evidence.includes('osv')) expect(one.ecosystems?.length).toBeGreaterThan(0);
  });

  test.each([
    ['debian-12', 'debian-12-amd64-20240717-1811'],
    ['rocky-8', 'Rocky-8-EC2-Base-8.10-20250612.0.x86_64'],
    ['rocky-10', 'Rocky-10-EC2-Base-10.0-20250612.0.x86_64'],
    ['alma-9', 'AlmaLinux OS 9.4.20240507 x86_64'],
    ['rhel-10', 'RHEL-10.0.0_HVM-20250918-x86_64-0-Hourly2-GP3'],
    ['sles-15-sp6', 'suse-sles-15-sp6-v20240808-hvm-ssd-x86_64'],
    ['sles-16', 'suse-sles-16-0-v20251104-hvm-ssd-x86_64'],
  ])('%s finds %s and reads its release', (name, image) => {
    const { source, family } = base(name);
    expect(source.kind === 'filter' && matchesGlob(source.patterns.x86_64!, image)).toBe(true);
    expect(releaseOf(family, { imageId: 'ami-1', name: image }).readFrom).toBe('name');
  });

  test.each([
    ['debian-12', 'debian-12-backports-amd64-20240717-1811'],
    ['rocky-8', 'Rocky-8-EC2-LVM-8.10-20250612.0.x86_64'],
    ['alma-10', 'AlmaLinux OS Kitten 10.20260727.0 x86_64'],
    ['rhel-9', 'RHEL-9.4.0_HVM-20240605-x86_64-82-Access2-GP3'],
    ['sles-16', 'suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64'],
    ['sles-15-sp6', 'suse-sles-15-sp6-byos-v20240808-hvm-ssd-x86_64'],
  ])('%s does not find the variant %s', (name, image) => {
    const { source } = base(name);
    expect(source.kind === 'filter' && matchesGlob(source.patterns.x86_64!, image)).toBe(false);
  });

  test('an own row of a known name takes its place', () => {
    const mine = { ...base('rocky-9'), title: 'Ours' };
    expect(catalogueWith([mine]).get('rocky-9')).toBe(mine);
    expect(catalogueWith([mine]).size).toBe(BASE_IMAGES.length);
  });
});

describe('servedIn', () => {
  test.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('%s is in %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });

  test.each([
    [undefined, 'eu-west-1', true],
    [{ partitions: ['aws'] as const }, 'cn-north-1', false],
    [{ only: ['eu-west-1'] }, 'eu-west-1', true],
    [{ only: ['eu-west-1'] }, 'us-east-1', false],
    [{ except: ['us-east-1'] }, 'us-east-1', false],
    [{ except: ['us-east-1'] }, 'us-west-2', true],
  ])('%o in %s: %s', (regions, region, served) => {
    expect(servedIn({ ...base('ubuntu-22.04'), ...(regions === undefined ? {} : { regions }) }, region)).toBe(
      served,
    );
  });
});

describe('changelogUrl', () => {
  test.each([
    [
      'amazon-linux-2023',
      'al2023-ami-2023.10.20260120.4-kernel-6.1-x86_64',
      'https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.10.20260120.html',
    ],
    [
      'amazon-linux-2',
      'amzn2-ami-kernel-5.10-hvm-2.0.20260629.0-x86_64-gp2',
      'https://docs.aws.amazon.com/AL2/latest/relnotes/relnotes-20260629.html',
    ],
    [
      'ecs-optimized',
      'al2023-ami-ecs-hvm-2023.0.20260120-kernel-6.1-x86_64',
      'https://github.com/aws/amazon-ecs-ami/releases/tag/20260120',
    ],
    [
      'eks-optimized',
      'amazon-eks-node-al2023-x86_64-standard-1.33-v20260120',
      'https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260120',
    ],
    [
      'ubuntu',
      'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240927',
      'https://cloud-images.ubuntu.com/releases/noble/release-20240927/',
    ],
    [
      'debian',
      'debian-12-amd64-20240717-1811',
      'https://cloud.debian.org/images/cloud/bookworm/20240717-1811/',
    ],
    ['rocky', 'Rocky-9-EC2-Base-9.6-20250531.0.x86_64', 'https://errata.rockylinux.org/'],
    ['alma', 'AlmaLinux OS 9.4.20240507 x86_64', 'https://errata.almalinux.org/9/'],
    ['rhel', 'RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3', 'https://access.redhat.com/errata-search/'],
    ['sles', 'suse-sles-15-sp6-v20240808-hvm-ssd-x86_64', 'https://www.suse.com/support/update/'],
    [
      'windows',
      'Windows_Server-2022-English-Full-Base-2026.01.14',
      'https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/ec2-windows-ami-version-history.html',
    ],
    ['ubuntu', 'golden', null],
    ['custom', 'golden', null],
  ] as const)('%s: %s', (family, name, url) => {
    expect(changelogUrl(family, releaseOf(family, { imageId: 'ami-1', name }))).toBe(url);
  });
});
