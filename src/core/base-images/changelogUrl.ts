import type { ImageRelease } from './imageRelease.ts';
import type { BaseFamily } from './trackedBaseImage.ts';

/** Ubuntu's names of its releases in addresses. */
export const UBUNTU_SUITES: Readonly<Record<string, string>> = {
  '20.04': 'focal',
  '22.04': 'jammy',
  '24.04': 'noble',
  '26.04': 'resolute',
};

const DEBIAN_SUITES: Readonly<Record<string, string>> = { '12': 'bookworm', '13': 'trixie' };

const major = ({ version = '' }: ImageRelease): string => version.split('.')[0] ?? '';

type Changelog = (release: ImageRelease) => string | null;

/** Where people read what a release changed: the release's own page if the upstream has one, else its errata. */
const CHANGELOGS: Readonly<Record<BaseFamily, Changelog>> = {
  'amazon-linux-2023': ({ name }) =>
    `https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-${name}.html`,
  'amazon-linux-2': ({ date }) => `https://docs.aws.amazon.com/AL2/latest/relnotes/relnotes-${date}.html`,
  'ecs-optimized': ({ date }) => `https://github.com/aws/amazon-ecs-ami/releases/tag/${date}`,
  'eks-optimized': ({ name }) => `https://github.com/awslabs/amazon-eks-ami/releases/tag/${name}`,
  ubuntu: ({ name, version = '', variant }) =>
    variant === undefined
      ? `https://cloud-images.ubuntu.com/releases/${UBUNTU_SUITES[version] ?? version}/release-${name}/`
      : null,
  debian: ({ name, version = '' }) =>
    `https://cloud.debian.org/images/cloud/${DEBIAN_SUITES[version] ?? version}/${name}/`,
  rocky: () => 'https://errata.rockylinux.org/',
  alma: (release) => `https://errata.almalinux.org/${major(release)}/`,
  rhel: () => 'https://access.redhat.com/errata-search/',
  sles: () => 'https://www.suse.com/support/update/',
  'centos-stream': () => null,
  fedora: ({ version = '' }) => `https://bodhi.fedoraproject.org/updates/?releases=F${version}`,
  'deep-learning': () => 'https://docs.aws.amazon.com/dlami/latest/devguide/appendix-ami-release-notes.html',
  windows: () =>
    'https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/ec2-windows-ami-version-history.html',
  custom: () => null,
};

/** Address of the change log of a release; null if there is none, or if the image's name did not tell its release. */
export function changelogUrl(family: BaseFamily, release: ImageRelease): string | null {
  return release.readFrom === 'name' ? CHANGELOGS[family](release) : null;
}
