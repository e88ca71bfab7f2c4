import type { BaseFamily } from './trackedBaseImage.ts';

type Named = Readonly<Record<string, string | undefined>>;

/** How one upstream names its images. Groups: `date` (8 digits or dotted), `build`, `version`, `kernel`, `minimal`. */
export interface ReleasePattern {
  readonly pattern: RegExp;
  readonly name: (groups: Named) => string;
  /** See `ImageRelease.variant`. */
  readonly variant?: (groups: Named) => string | undefined;
}

const date = '(?<date>20\\d{6})';
const kernel = '(?<kernel>\\d+\\.\\d+)';
const arch = '(?:x86_64|arm64)';
const tail = '(?:-[0-9a-f-]+)?$';

const versionAndDate: ReleasePattern['name'] = ({ version = '', date: day = '' }) => `${version}.${day}`;
const dateAndBuild =
  (separator: string): ReleasePattern['name'] =>
  ({ date: day = '', build }) =>
    build === undefined ? day : `${day}${separator}${build}`;

/** Canonical's images beside the ordinary server: `ubuntu-eks/k8s_1.34/…-server-`, `ubuntu-pro-server/…-pro-server-`. */
function ubuntuVariant({ line = 'ubuntu', kind = 'server-' }: Named): string | undefined {
  if (line.startsWith('ubuntu-eks')) return line.replace('ubuntu-', '');
  return kind === 'server-' ? undefined : kind.slice(0, -1);
}

/**
 * One row for each way an upstream names its images, the first that matches counts. Each matches whole names: what is
 * called by an upstream's name and more is something else that was made from it. A copy sold on the Marketplace carries
 * its product's id at the end, which `tail` allows.
 */
export const RELEASE_PATTERNS: Readonly<Record<BaseFamily, readonly ReleasePattern[]>> = {
  'amazon-linux-2023': [
    {
      // al2023-ami-minimal-2023.10.20260120.4-kernel-6.1-x86_64
      pattern: new RegExp(
        `^al2023-ami-(?<minimal>minimal-)?(?<version>20\\d\\d\\.\\d+)\\.${date}(?:\\.(?<build>\\d+))?-kernel-${kernel}-${arch}$`,
      ),
      name: versionAndDate,
    },
  ],
  'amazon-linux-2': [
    {
      // amzn2-ami-kernel-5.10-hvm-2.0.20260629.0-x86_64-gp2
      pattern: new RegExp(
        `^amzn2-ami-(?<minimal>minimal-)?(?:kernel-${kernel}-)?(?:minimal-)?hvm-(?<version>2\\.0)\\.${date}(?:\\.(?<build>\\d+))?-${arch}-[a-z0-9]+$`,
      ),
      name: versionAndDate,
    },
  ],
  'ecs-optimized': [
    {
      // al2023-ami-ecs-hvm-2023.0.20260120-kernel-6.1-x86_64, al2023-ami-ecs-gpu-hvm-2023.0.20260901-kernel-6.1-x86_64-ebs
      pattern: new RegExp(
        `^al2023-ami-ecs-(?:[a-z]+-)*hvm-2023\\.0\\.${date}(?:-kernel-${kernel})?-${arch}(?:-ebs)?$`,
      ),
      name: ({ date: day = '' }) => day,
    },
    {
      // amzn2-ami-ecs-kernel-5.10-hvm-2.0.20260120-x86_64-ebs
      pattern: new RegExp(
        `^amzn2-ami-ecs-(?:kernel-${kernel}-)?(?:[a-z]+-)*hvm-2\\.0\\.${date}-${arch}-ebs$`,
      ),
      name: ({ date: day = '' }) => day,
    },
  ],
  'eks-optimized': [
    {
      // amazon-eks-node-al2023-x86_64-standard-1.33-v20260120
      pattern: new RegExp(`^amazon-eks-[a-z0-9_-]+-(?<version>\\d+\\.\\d+)-v${date}$`),
      name: ({ date: day = '' }) => `v${day}`,
    },
  ],
  ubuntu: [
    {
      // ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240927.1
      pattern: new RegExp(
        `^(?:(?<line>ubuntu[a-z-]*)/(?:[\\w.-]+/)*)?ubuntu-[a-z]+-(?<version>\\d\\d\\.\\d\\d)-(?:amd64|arm64)-(?<kind>(?:[a-z]+-)*)${date}(?:\\.(?<build>\\d+(?:\\.\\d+)*))?${tail}`,
      ),
      name: dateAndBuild('.'),
      variant: ubuntuVariant,
    },
  ],
  debian: [
    {
      // debian-12-amd64-20240717-1811
      pattern: new RegExp(`^debian-(?<version>\\d+)-(?:amd64|arm64)-${date}(?:-(?<build>\\d+))?${tail}`),
      name: dateAndBuild('-'),
    },
  ],
  rocky: [
    {
      // Rocky-9-EC2-Base-9.4-20240523.0.x86_64
      pattern: new RegExp(
        `^Rocky-\\d+-ec2(?:-[a-z]+)?-(?<version>\\d+\\.\\d+)-${date}(?:\\.(?<build>\\d+))?\\.(?:x86_64|aarch64)${tail}`,
        'i',
      ),
      name: ({ version = '', date: day = '', build }) =>
        `${version}-${day}${build === undefined ? '' : `.${build}`}`,
    },
  ],
  alma: [
    {
      // AlmaLinux OS 9.4.20240507 x86_64
      pattern: new RegExp(
        `^AlmaLinux OS (?<version>\\d+\\.\\d+)\\.${date}(?:\\.(?<build>\\d+))? (?:x86_64|aarch64)${tail}`,
      ),
      name: versionAndDate,
    },
  ],
  rhel: [
    {
      // RHEL-9.4.0_HVM_GA-20240605-x86_64-82-Hourly2-GP3
      pattern: new RegExp(
        `^RHEL-(?<version>\\d+\\.\\d+)(?:\\.\\d+)?_HVM[A-Za-z_]*-${date}-${arch}-(?<build>\\d+)-[A-Za-z0-9]+-GP[23]${tail}`,
      ),
      name: ({ version = '', date: day = '', build = '' }) => `${version}-${day}-${build}`,
    },
  ],
  sles: [
    {
      // suse-sles-15-sp6-v20240808-hvm-ssd-x86_64
      pattern: new RegExp(
        `^suse-sles-(?<version>\\d+-(?:sp)?\\d+)(?:-[a-z]+)*-v${date}(?:-[a-z]+)*-${arch}${tail}`,
      ),
      name: ({ version = '', date: day = '' }) => `${version}-v${day}`,
    },
  ],
  'centos-stream': [
    {
      // CentOS Stream 9 x86_64 20240701
      pattern: new RegExp(
        `^CentOS Stream (?<version>\\d+) (?:x86_64|aarch64) ${date}(?:\\.(?<build>\\d+))?${tail}`,
      ),
      name: dateAndBuild('.'),
    },
  ],
  fedora: [
    {
      // Fedora-Cloud-Base-AmazonEC2.x86_64-44-20260501.0
      pattern: new RegExp(
        `^Fedora-Cloud-Base-AmazonEC2\\.(?:x86_64|aarch64)-(?<version>\\d+)-${date}(?:\\.(?<build>\\d+))?${tail}`,
      ),
      name: dateAndBuild('.'),
    },
  ],
  'deep-learning': [
    {
      // Deep Learning ARM64 Base OSS Nvidia Driver GPU AMI (Ubuntu 24.04) 20260522
      pattern: new RegExp(`^Deep Learning [\\w. ]+ \\([\\w. ]+\\) ${date}(?:\\.(?<build>\\d+))?${tail}`),
      name: dateAndBuild('.'),
    },
  ],
  windows: [
    {
      // Windows_Server-2022-English-Full-Base-2026.01.14
      pattern: /^Windows_Server-(?<version>20\d\d)-.+-(?<date>20\d\d\.\d\d\.\d\d)$/,
      name: ({ version = '', date: day = '' }) => `${version}-${day}`,
    },
  ],
  custom: [],
};
