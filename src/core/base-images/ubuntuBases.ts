import type { TrackedBaseImage } from './trackedBaseImage.ts';

/** Canonical names the volume type in the path: gp3 since 23.10, gp2 before. */
const ubuntu = (release: string, volume: 'ebs-gp2' | 'ebs-gp3', endOfLife: string): TrackedBaseImage => {
  const parameter = (architecture: string) =>
    `/aws/service/canonical/ubuntu/server/${release}/stable/current/${architecture}/hvm/${volume}/ami-id`;
  return {
    name: `ubuntu-${release}`,
    title: `Ubuntu Server ${release} LTS`,
    family: 'ubuntu',
    source: { kind: 'parameter', names: { x86_64: parameter('amd64'), arm64: parameter('arm64') } },
    packageManager: 'apt',
    evidence: ['ubuntu', 'osv'],
    ecosystems: [`Ubuntu:${release}:LTS`],
    endOfLife,
  };
};

/** End dates of the standard security maintenance; Ubuntu Pro's, which is longer, is not counted. */
export const UBUNTU_BASES: readonly TrackedBaseImage[] = [
  ubuntu('20.04', 'ebs-gp2', '2025-05-31'),
  ubuntu('22.04', 'ebs-gp2', '2027-04-01'),
  ubuntu('24.04', 'ebs-gp3', '2029-05-31'),
  ubuntu('26.04', 'ebs-gp3', '2031-04-30'),
];
