import type { RegionRule, TrackedBaseImage } from './trackedBaseImage.ts';

/** The owners' account ids are those of the commercial partition. */
const COMMERCIAL: RegionRule = { partitions: ['aws'] };

const rhel = (release: string, endOfLife: string): TrackedBaseImage => ({
  name: `rhel-${release}`,
  title: `Red Hat Enterprise Linux ${release}`,
  family: 'rhel',
  source: {
    kind: 'filter',
    owner: '309956199498',
    // Hourly2: billed by the hour; the Access2 images of the same names need a subscription of one's own.
    patterns: {
      x86_64: `RHEL-${release}.*_HVM*-x86_64-*-Hourly2-GP3`,
      arm64: `RHEL-${release}.*_HVM*-arm64-*-Hourly2-GP3`,
    },
  },
  regions: COMMERCIAL,
  packageManager: 'dnf',
  evidence: ['osv'],
  ecosystems: redHatEcosystems(release),
  operatingSystem: 'rhel',
  endOfLife,
});

/** Releases from 10 on have ten point releases after the first. */
const MOST_POINT_RELEASES = 10;

/**
 * OSV.dev's names of a release, which are Red Hat's product names (CPE) without their beginning: up to 9 of its two
 * repositories, from 10 on of each point release (Red Hat, "RHEL 10 CPEs": minor versions in, channels out).
 */
function redHatEcosystems(release: string): string[] {
  const product = `Red Hat:enterprise_linux:${release}`;
  return Number(release) < 10
    ? [`${product}::baseos`, `${product}::appstream`]
    : Array.from({ length: MOST_POINT_RELEASES + 1 }, (_, minor) => `${product}.${minor}`);
}

const sles = (
  name: string,
  title: string,
  image: string,
  ecosystems: string[],
  endOfLife: string,
): TrackedBaseImage => ({
  name,
  title,
  family: 'sles',
  source: {
    kind: 'filter',
    owner: '013907871322',
    // Eight digits and nothing more keep the BYOS, ECS, SAP and container host variants out.
    patterns: {
      x86_64: `suse-sles-${image}-v????????-hvm-ssd-x86_64`,
      arm64: `suse-sles-${image}-v????????-hvm-ssd-arm64`,
    },
  },
  regions: COMMERCIAL,
  packageManager: 'zypper',
  evidence: ['osv'],
  ecosystems,
  operatingSystem: 'suse',
  endOfLife,
});

const sles15 = (servicePack: string, endOfLife: string): TrackedBaseImage =>
  sles(
    `sles-15-sp${servicePack}`,
    `SUSE Linux Enterprise Server 15 SP${servicePack}`,
    `15-sp${servicePack}`,
    [
      `SUSE:Linux Enterprise Server 15 SP${servicePack}`,
      `SUSE:Linux Enterprise Module for Basesystem 15 SP${servicePack}`,
      `SUSE:Linux Enterprise Module for Server Applications 15 SP${servicePack}`,
    ],
    endOfLife,
  );

const windows = (release: string, endOfLife: string): TrackedBaseImage => ({
  name: `windows-${release}`,
  title: `Windows Server ${release}`,
  family: 'windows',
  source: {
    kind: 'parameter',
    names: { x86_64: `/aws/service/ami-windows-latest/Windows_Server-${release}-English-Full-Base` },
  },
  packageManager: 'none',
  evidence: [],
  operatingSystem: 'windows',
  endOfLife,
});

/** Distributions under a vendor's contract. No public parameter of RHEL could be confirmed: it is looked up by name. */
export const ENTERPRISE_BASES: readonly TrackedBaseImage[] = [
  rhel('8', '2029-05-31'),
  rhel('9', '2032-05-31'),
  rhel('10', '2035-05-31'),
  sles15('6', '2025-12-31'),
  sles15('7', '2031-07-31'),
  sles(
    'sles-16',
    'SUSE Linux Enterprise Server 16.0',
    '16-0',
    ['SUSE:Linux Enterprise Server 16.0'],
    '2027-11-30',
  ),
  windows('2022', '2031-10-14'),
  windows('2025', '2034-11-14'),
];
