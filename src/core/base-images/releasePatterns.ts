import type { BaseFamily } from './trackedBaseImage.ts';

type Named = Readonly<Record<string, string | undefined>>;

/** How one upstream names its images. Groups: `date` (8 digits or dotted), `build`, `version`, `kernel`, `minimal`. */
export interface ReleasePattern {
  readonly pattern: RegExp;
  readonly name: (groups: Named) => string;
}

const date = '(?<date>20\\d{6})';
const tail = '(?:-[0-9a-f-]+)?$';

const versionAndDate: ReleasePattern['name'] = ({ version = '', date: day = '' }) => `${version}.${day}`;
const dateAndBuild =
  (separator: string): ReleasePattern['name'] =>
  ({ date: day = '', build }) =>
    build === undefined ? day : `${day}${separator}${build}`;

/**
 * One row for each way an upstream names its images, the first that matches counts. A copy sold on the Marketplace
 * carries its product's id at the end, which `tail` allows.
 */
export const RELEASE_PATTERNS: Readonly<Record<BaseFamily, readonly ReleasePattern[]>> = {
  'amazon-linux-2023': [
    {
      // al2023-ami-minimal-2023.10.20260120.4-kernel-6.1-x86_64
      pattern: new RegExp(
        `^al2023-ami-(?<minimal>minimal-)?(?<version>20\\d\\d\\.\\d+)\\.${date}(?:\\.(?<build>\\d+))?-kernel-(?<kernel>\\d+\\.\\d+)-`,
      ),
      name: versionAndDate,
    },
  ],
  'amazon-linux-2': [
    {
      // amzn2-ami-kernel-5.10-hvm-2.0.20260629.0-x86_64-gp2
      pattern: new RegExp(
        `^amzn2-ami-(?<minimal>minimal-)?(?:kernel-(?<kernel>\\d+\\.\\d+)-)?(?:minimal-)?hvm-(?<version>2\\.0)\\.${date}(?:\\.(?<build>\\d+))?-`,
      ),
      name: versionAndDate,
    },
  ],
  'ecs-optimized': [
    {
      // al2023-ami-ecs-hvm-2023.0.20260120-kernel-6.1-x86_64
      pattern: new RegExp(
        `-ecs-(?:[a-z0-9]+-)*hvm-(?:20\\d\\d|2)\\.0\\.${date}(?:-kernel-(?<kernel>\\d+\\.\\d+))?-`,
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
        `(?:^|/)ubuntu-[a-z]+-(?<version>\\d\\d\\.\\d\\d)-(?:amd64|arm64)-(?:[a-z]+-)*${date}(?:\\.(?<build>\\d+(?:\\.\\d+)*))?${tail}`,
      ),
      name: dateAndBuild('.'),
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
        `^Rocky-\\d+-ec2(?:-[a-z]+)?-(?<version>\\d+\\.\\d+)-${date}(?:\\.(?<build>\\d+))?\\.(?:x86_64|aarch64)`,
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
        `^AlmaLinux OS (?<version>\\d+\\.\\d+)\\.${date}(?:\\.(?<build>\\d+))? (?:x86_64|aarch64)`,
      ),
      name: versionAndDate,
    },
  ],
  rhel: [
    {
      // RHEL-9.4.0_HVM_GA-20240605-x86_64-82-Hourly2-GP3
      pattern: new RegExp(
        `^RHEL-(?<version>\\d+\\.\\d+)(?:\\.\\d+)?_HVM[A-Za-z_]*-${date}-(?:x86_64|arm64)-(?<build>\\d+)-`,
      ),
      name: ({ version = '', date: day = '', build = '' }) => `${version}-${day}-${build}`,
    },
  ],
  sles: [
    {
      // suse-sles-15-sp6-v20240808-hvm-ssd-x86_64
      pattern: new RegExp(`^suse-sles-(?<version>\\d+-(?:sp)?\\d+)(?:-[a-z]+)*-v${date}-`),
      name: ({ version = '', date: day = '' }) => `${version}-v${day}`,
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
