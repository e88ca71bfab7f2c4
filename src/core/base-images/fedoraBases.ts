import type { RegionRule, TrackedBaseImage } from './trackedBaseImage.ts';

/** The Fedora project publishes CentOS Stream's images, too. */
const OWNER = '125523088429';
/** The owner's account id is that of the commercial partition. */
const COMMERCIAL: RegionRule = { partitions: ['aws'] };

const centosStream = (release: string, endOfLife: string): TrackedBaseImage => ({
  name: `centos-stream-${release}`,
  title: `CentOS Stream ${release}`,
  family: 'centos-stream',
  source: {
    kind: 'filter',
    owner: OWNER,
    patterns: {
      x86_64: `CentOS Stream ${release} x86_64 20*`,
      arm64: `CentOS Stream ${release} aarch64 20*`,
    },
  },
  regions: COMMERCIAL,
  packageManager: 'dnf',
  evidence: [],
  endOfLife,
});

const fedora = (release: string, endOfLife?: string): TrackedBaseImage => ({
  name: `fedora-${release}`,
  title: `Fedora Cloud ${release}`,
  family: 'fedora',
  source: {
    kind: 'filter',
    owner: OWNER,
    // The dated builds, which go on after the release's own (`-44-1.7`).
    patterns: {
      x86_64: `Fedora-Cloud-Base-AmazonEC2.x86_64-${release}-20*`,
      arm64: `Fedora-Cloud-Base-AmazonEC2.aarch64-${release}-20*`,
    },
  },
  regions: COMMERCIAL,
  packageManager: 'dnf',
  evidence: [],
  ...(endOfLife === undefined ? {} : { endOfLife }),
});

/**
 * Distributions without advisories in a public database that names them by version: their updates are `unknown`.
 * Fedora's ends are set by the release after next, and told some months ahead.
 */
export const FEDORA_BASES: readonly TrackedBaseImage[] = [
  centosStream('9', '2027-05-31'),
  centosStream('10', '2030-01-01'),
  fedora('43', '2026-12-09'),
  fedora('44'),
];
