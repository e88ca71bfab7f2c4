import { describe, expect, test } from 'vitest';
import { BASE_IMAGES, catalogueWith } from '../../../src/core/base-images/catalogue.ts';
import { changelogUrl } from '../../../src/core/base-images/changelogUrl.ts';
import { matchesGlob } from '../../../src/core/base-images/matchesGlob.ts';
import { releaseOf } from '../../../src/core/base-images/releaseOf.ts';
import { partitionOf, servedIn } from '../../../src/core/base-images/servedIn.ts';
import { architecturesOf } from '../../../src/core/base-images/trackedBaseImage.ts';
import { whyUnsupported } from '../../../src/core/base-images/unsupportedBases.ts';

const base = (name: string) => BASE_IMAGES.find((one) => one.name === name)!;

const X86_AND_ARM = [
  ['x86_64', 'x86_64', 'amd64'],
  ['arm64', 'arm64', 'arm64'],
] as const;

const AMAZON = '/aws/service/ami-amazon-linux-latest';
const ECS = '/aws/service/ecs/optimized-ami';
const UBUNTU = '/aws/service/canonical/ubuntu';
const DEEP_LEARNING = '/aws/service/deeplearning/ami';

/**
 * The public parameters as their publishers document them (AWS's user guides, Canonical's "Find Ubuntu images"), by the
 * name under which templates know the base image. `{arch}` is AWS's word for the architecture, `{deb}` is Debian's.
 */
const PUBLIC_PARAMETERS: readonly (readonly [base: string, parameter: string])[] = [
  ['amazon-linux-2023', `${AMAZON}/al2023-ami-kernel-default-{arch}`],
  ['amazon-linux-2023-kernel-6.1', `${AMAZON}/al2023-ami-kernel-6.1-{arch}`],
  ['amazon-linux-2023-kernel-6.12', `${AMAZON}/al2023-ami-kernel-6.12-{arch}`],
  ['amazon-linux-2023-kernel-6.18', `${AMAZON}/al2023-ami-kernel-6.18-{arch}`],
  ['amazon-linux-2023-minimal', `${AMAZON}/al2023-ami-minimal-kernel-default-{arch}`],
  ['amazon-linux-2023-minimal-kernel-6.1', `${AMAZON}/al2023-ami-minimal-kernel-6.1-{arch}`],
  ['amazon-linux-2023-minimal-kernel-6.12', `${AMAZON}/al2023-ami-minimal-kernel-6.12-{arch}`],
  ['amazon-linux-2023-minimal-kernel-6.18', `${AMAZON}/al2023-ami-minimal-kernel-6.18-{arch}`],
  ['amazon-linux-2', `${AMAZON}/amzn2-ami-kernel-5.10-hvm-{arch}-gp2`],
  ['amazon-linux-2-kernel-default', `${AMAZON}/amzn2-ami-kernel-default-hvm-{arch}-gp2`],
  ['amazon-linux-2-kernel-4.14', `${AMAZON}/amzn2-ami-hvm-{arch}-gp2`],
  ['ubuntu-20.04', `${UBUNTU}/server/20.04/stable/current/{deb}/hvm/ebs-gp2/ami-id`],
  ['ubuntu-22.04', `${UBUNTU}/server/22.04/stable/current/{deb}/hvm/ebs-gp2/ami-id`],
  ['ubuntu-24.04', `${UBUNTU}/server/24.04/stable/current/{deb}/hvm/ebs-gp3/ami-id`],
  ['ubuntu-26.04', `${UBUNTU}/server/26.04/stable/current/{deb}/hvm/ebs-gp3/ami-id`],
  ['ubuntu-minimal-22.04', `${UBUNTU}/server-minimal/22.04/stable/current/{deb}/hvm/ebs-gp2/ami-id`],
  ['ubuntu-minimal-24.04', `${UBUNTU}/server-minimal/24.04/stable/current/{deb}/hvm/ebs-gp3/ami-id`],
  ['ubuntu-pro-22.04', `${UBUNTU}/pro-server/22.04/stable/current/{deb}/hvm/ebs-gp2/ami-id`],
  ['ubuntu-pro-24.04', `${UBUNTU}/pro-server/24.04/stable/current/{deb}/hvm/ebs-gp3/ami-id`],
  ['ubuntu-pro-minimal-24.04', `${UBUNTU}/pro-minimal/24.04/stable/current/{deb}/hvm/ebs-gp3/ami-id`],
  ['ubuntu-eks-24.04-1.34', `${UBUNTU}/eks/24.04/1.34/stable/current/{deb}/hvm/ebs-gp3/ami-id`],
  ['ubuntu-eks-pro-24.04-1.34', `${UBUNTU}/eks-pro/24.04/1.34/stable/current/{deb}/hvm/ebs-gp3/ami-id`],
  ['eks-1.34', '/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/{arch}/standard/recommended/image_id'],
  [
    'deep-learning-ubuntu-24.04',
    `${DEEP_LEARNING}/{arch}/base-oss-nvidia-driver-gpu-ubuntu-24.04/latest/ami-id`,
  ],
  [
    'deep-learning-al2023',
    `${DEEP_LEARNING}/{arch}/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id`,
  ],
];

/** ECS names only the architecture that is not x86_64. */
const ECS_PARAMETERS: readonly (readonly [base: string, x86: string, arm: string | null])[] = [
  ['ecs-optimized-al2023', 'amazon-linux-2023', 'amazon-linux-2023/arm64'],
  ['ecs-optimized-al2023-gpu', 'amazon-linux-2023/gpu', null],
  ['ecs-optimized-al2023-neuron', 'amazon-linux-2023/neuron', null],
  ['ecs-optimized-al2', 'amazon-linux-2', 'amazon-linux-2/arm64'],
  ['ecs-optimized-al2-kernel-5.10', 'amazon-linux-2/kernel-5.10', 'amazon-linux-2/kernel-5.10/arm64'],
  ['ecs-optimized-al2-gpu', 'amazon-linux-2/gpu', null],
];

/** Images as their publishers name them, and whose they are, where there is no parameter that can be relied on. */
const PUBLISHED_IMAGES = [
  ['debian-12', '136693071363', 'debian-12-amd64-20240717-1811', 'debian-12-arm64-20240717-1811'],
  ['debian-13', '136693071363', 'debian-13-amd64-20251117-2299', 'debian-13-arm64-20251117-2299'],
  [
    'rocky-8',
    '792107900819',
    'Rocky-8-EC2-Base-8.10-20250612.0.x86_64',
    'Rocky-8-EC2-Base-8.10-20250612.0.aarch64',
  ],
  [
    'rocky-9',
    '792107900819',
    'Rocky-9-EC2-Base-9.6-20250531.0.x86_64',
    'Rocky-9-EC2-Base-9.6-20250531.0.aarch64',
  ],
  [
    'rocky-10',
    '792107900819',
    'Rocky-10-EC2-Base-10.0-20250612.0.x86_64',
    'Rocky-10-EC2-Base-10.0-20250612.0.aarch64',
  ],
  ['alma-8', '764336703387', 'AlmaLinux OS 8.10.20240530 x86_64', 'AlmaLinux OS 8.10.20240530 aarch64'],
  ['alma-9', '764336703387', 'AlmaLinux OS 9.4.20240507 x86_64', 'AlmaLinux OS 9.4.20240507 aarch64'],
  ['alma-10', '764336703387', 'AlmaLinux OS 10.2.20260817.0 x86_64', 'AlmaLinux OS 10.2.20260817.0 aarch64'],
  [
    'rhel-8',
    '309956199498',
    'RHEL-8.10.0_HVM-20250606-x86_64-0-Hourly2-GP3',
    'RHEL-8.10.0_HVM-20250606-arm64-0-Hourly2-GP3',
  ],
  [
    'rhel-9',
    '309956199498',
    'RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3',
    'RHEL-9.4.0_HVM-20240605-arm64-82-Hourly2-GP3',
  ],
  [
    'rhel-10',
    '309956199498',
    'RHEL-10.1.0_HVM_GA-20251031-x86_64-0-Hourly2-GP3',
    'RHEL-10.1.0_HVM_GA-20251031-arm64-0-Hourly2-GP3',
  ],
  [
    'sles-15-sp6',
    '013907871322',
    'suse-sles-15-sp6-v20240808-hvm-ssd-x86_64',
    'suse-sles-15-sp6-v20240808-hvm-ssd-arm64',
  ],
  [
    'sles-15-sp7',
    '013907871322',
    'suse-sles-15-sp7-v20250620-hvm-ssd-x86_64',
    'suse-sles-15-sp7-v20250620-hvm-ssd-arm64',
  ],
  [
    'sles-16',
    '013907871322',
    'suse-sles-16-0-v20251104-hvm-ssd-x86_64',
    'suse-sles-16-0-v20251104-hvm-ssd-arm64',
  ],
  ['centos-stream-9', '125523088429', 'CentOS Stream 9 x86_64 20240701', 'CentOS Stream 9 aarch64 20240701'],
  [
    'centos-stream-10',
    '125523088429',
    'CentOS Stream 10 x86_64 20250701',
    'CentOS Stream 10 aarch64 20250701',
  ],
  [
    'fedora-44',
    '125523088429',
    'Fedora-Cloud-Base-AmazonEC2.x86_64-44-20260501.0',
    'Fedora-Cloud-Base-AmazonEC2.aarch64-44-20260501.0',
  ],
] as const;

/** Fedora's end is set by the release after next. */
const WITHOUT_AN_END = ['fedora-44'];

describe('the catalogue', () => {
  test.each(PUBLIC_PARAMETERS)('%s is what the parameter %s names', (name, parameter) => {
    const { source } = base(name);
    expect(source).toEqual({
      kind: 'parameter',
      names: Object.fromEntries(
        X86_AND_ARM.map(([architecture, arch, deb]) => [
          architecture,
          parameter.replace('{arch}', arch).replace('{deb}', deb),
        ]),
      ),
    });
  });

  test.each(ECS_PARAMETERS)('%s is what the parameters of ECS below %s name', (name, x86, arm) => {
    const recommended = (under: string) => `${ECS}/${under}/recommended/image_id`;
    expect(base(name).source).toEqual({
      kind: 'parameter',
      names: { x86_64: recommended(x86), ...(arm === null ? {} : { arm64: recommended(arm) }) },
    });
  });

  test.each(['2022', '2025'])(
    'windows-%s is what the parameter of its English full image names',
    (release) => {
      expect(base(`windows-${release}`).source).toEqual({
        kind: 'parameter',
        names: { x86_64: `/aws/service/ami-windows-latest/Windows_Server-${release}-English-Full-Base` },
      });
    },
  );

  test.each(PUBLISHED_IMAGES)(
    '%s is found among the images of %s, and its release is read',
    (name, owner, x86_64, arm64) => {
      const { source, family } = base(name);
      if (source.kind !== 'filter') throw new Error(`${name} is read from a parameter`);
      expect(source.owner).toBe(owner);
      expect(matchesGlob(source.patterns.x86_64!, x86_64)).toBe(true);
      expect(matchesGlob(source.patterns.arm64!, arm64)).toBe(true);
      for (const image of [x86_64, arm64])
        expect(releaseOf(family, { imageId: 'ami-1', name: image }).readFrom).toBe('name');
    },
  );

  test('no name is given twice, and what two rows find is not the same', () => {
    const sources = BASE_IMAGES.map(({ source }) => JSON.stringify(source));
    expect(new Set(BASE_IMAGES.map(({ name }) => name)).size).toBe(BASE_IMAGES.length);
    expect(new Set(sources).size).toBe(BASE_IMAGES.length);
  });

  test.each([
    ['bottlerocket', /no shell and no package manager/],
    ['Bottlerocket-aws-k8s-1.34', /no shell and no package manager/],
    ['flatcar-stable', /read-only/],
    ['freebsd-14', /Linux, Windows and macOS only/],
    ['macos-15', /dedicated hosts/],
    ['marketplace-prod-1234', /base_images in the policy/],
  ])('%s cannot be built on, and it is said why', (name, because) => {
    expect(whyUnsupported(name)).toMatch(because);
    expect(BASE_IMAGES.some((one) => one.name === name)).toBe(false);
  });

  test('no base image of the table is said to be unsupported', () => {
    expect(BASE_IMAGES.filter(({ name }) => whyUnsupported(name) !== undefined)).toEqual([]);
  });

  test.each(BASE_IMAGES.map((one) => [one.name, one] as const))('%s is complete', (_, one) => {
    expect(architecturesOf(one)).toContain('x86_64');
    expect(Number.isNaN(Date.parse(one.endOfLife ?? ''))).toBe(WITHOUT_AN_END.includes(one.name));
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
    ['ubuntu', 'ubuntu-minimal/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-minimal-20240709', null],
    ['centos-stream', 'CentOS Stream 9 x86_64 20240701', null],
    [
      'fedora',
      'Fedora-Cloud-Base-AmazonEC2.x86_64-44-20260501.0',
      'https://bodhi.fedoraproject.org/updates/?releases=F44',
    ],
    [
      'deep-learning',
      'Deep Learning Base OSS Nvidia Driver GPU AMI (Ubuntu 24.04) 20260522',
      'https://docs.aws.amazon.com/dlami/latest/devguide/appendix-ami-release-notes.html',
    ],
    ['ubuntu', 'golden', null],
    ['custom', 'golden', null],
  ] as const)('%s: %s', (family, name, url) => {
    expect(changelogUrl(family, releaseOf(family, { imageId: 'ami-1', name }))).toBe(url);
  });
});
