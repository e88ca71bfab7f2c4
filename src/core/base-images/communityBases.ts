import type { RegionRule, TrackedBaseImage } from './trackedBaseImage.ts';

/** The owners' account ids are those of the commercial partition. */
const COMMERCIAL: RegionRule = { partitions: ['aws'] };

/** `endOfLife` counts the free long term support of the same archive, which the images use without a change. */
const debian = (release: string, codename: string, endOfLife: string): TrackedBaseImage => ({
  name: `debian-${release}`,
  title: `Debian ${release} (${codename})`,
  family: 'debian',
  source: {
    kind: 'filter',
    owner: '136693071363',
    // The year's first digits keep the backports variants out: `debian-12-backports-amd64-…`.
    patterns: { x86_64: `debian-${release}-amd64-20*`, arm64: `debian-${release}-arm64-20*` },
  },
  regions: COMMERCIAL,
  packageManager: 'apt',
  evidence: ['osv'],
  ecosystems: [`Debian:${release}`],
  endOfLife,
});

const rocky = (release: string, image: string, endOfLife: string): TrackedBaseImage => ({
  name: `rocky-${release}`,
  title: `Rocky Linux ${release}`,
  family: 'rocky',
  source: {
    kind: 'filter',
    owner: '792107900819',
    patterns: { x86_64: `${image}-${release}.*.x86_64`, arm64: `${image}-${release}.*.aarch64` },
  },
  regions: COMMERCIAL,
  packageManager: 'dnf',
  evidence: ['osv'],
  ecosystems: [`Rocky Linux:${release}`],
  endOfLife,
});

const alma = (release: string, endOfLife: string): TrackedBaseImage => ({
  name: `alma-${release}`,
  title: `AlmaLinux OS ${release}`,
  family: 'alma',
  source: {
    kind: 'filter',
    owner: '764336703387',
    patterns: { x86_64: `AlmaLinux OS ${release}.* x86_64`, arm64: `AlmaLinux OS ${release}.* aarch64` },
  },
  regions: COMMERCIAL,
  packageManager: 'dnf',
  evidence: ['osv'],
  ecosystems: [`AlmaLinux:${release}`],
  endOfLife,
});

/** Distributions without a vendor's contract. No public list says what one of their images holds. */
export const COMMUNITY_BASES: readonly TrackedBaseImage[] = [
  debian('12', 'bookworm', '2028-06-30'),
  debian('13', 'trixie', '2030-06-30'),
  rocky('8', 'Rocky-8-EC2-Base', '2029-05-31'),
  rocky('9', 'Rocky-9-EC2-Base', '2032-05-31'),
  rocky('10', 'Rocky-10-EC2-Base', '2035-05-31'),
  alma('8', '2029-05-31'),
  alma('9', '2032-05-31'),
  alma('10', '2035-05-31'),
];
