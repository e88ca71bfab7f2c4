import type { EvidenceKind, TrackedBaseImage } from './trackedBaseImage.ts';

/** How a row's images differ from the ordinary server's. */
interface Variant {
  readonly name: string;
  readonly title: string;
  /** Canonical's path of its parameters, up to the channel. */
  readonly path: string;
  readonly evidence: readonly EvidenceKind[];
  readonly ecosystems: readonly string[];
  readonly endOfLife: string;
}

const variant = (volume: 'ebs-gp2' | 'ebs-gp3', { path, ...row }: Variant): TrackedBaseImage => {
  const parameter = (architecture: string) =>
    `/aws/service/canonical/ubuntu/${path}/stable/current/${architecture}/hvm/${volume}/ami-id`;
  return {
    ...row,
    family: 'ubuntu',
    source: { kind: 'parameter', names: { x86_64: parameter('amd64'), arm64: parameter('arm64') } },
    packageManager: 'apt',
  };
};

/** Of the ordinary archive: Canonical's notices tell which of our packages are open; no manifest tells what changed. */
const ordinary = (release: string): Pick<Variant, 'evidence' | 'ecosystems'> => ({
  evidence: ['ubuntu', 'osv'],
  ecosystems: [`Ubuntu:${release}:LTS`],
});

/** Pro has fixes of its own for what the ordinary archive leaves open, under names of their own. */
const pro = (release: string): Pick<Variant, 'evidence' | 'ecosystems'> => ({
  evidence: ['osv'],
  ecosystems: [`Ubuntu:Pro:${release}:LTS`, `Ubuntu:${release}:LTS`],
});

/** Releases by the end of the standard and of Pro's security maintenance. */
const RELEASES = [
  { release: '22.04', volume: 'ebs-gp2', standard: '2027-04-01', expanded: '2032-04-09' },
  { release: '24.04', volume: 'ebs-gp3', standard: '2029-05-31', expanded: '2034-04-25' },
  { release: '26.04', volume: 'ebs-gp3', standard: '2031-04-30', expanded: '2036-04-30' },
] as const;

const byRelease = RELEASES.flatMap(({ release, volume, standard, expanded }) => [
  variant(volume, {
    name: `ubuntu-minimal-${release}`,
    title: `Ubuntu Minimal ${release} LTS`,
    path: `server-minimal/${release}`,
    ...ordinary(release),
    endOfLife: standard,
  }),
  variant(volume, {
    name: `ubuntu-pro-${release}`,
    title: `Ubuntu Pro ${release} LTS`,
    path: `pro-server/${release}`,
    ...pro(release),
    endOfLife: expanded,
  }),
  variant(volume, {
    name: `ubuntu-pro-minimal-${release}`,
    title: `Ubuntu Pro Minimal ${release} LTS`,
    path: `pro-minimal/${release}`,
    ...pro(release),
    endOfLife: expanded,
  }),
]);

/** Kubernetes versions with the end of their standard support on EKS. */
const KUBERNETES = [
  ['1.33', '2026-07-29'],
  ['1.34', '2026-12-02'],
  ['1.35', '2027-03-27'],
] as const;

const forEks = KUBERNETES.flatMap(([kubernetes, endOfLife]) => [
  variant('ebs-gp3', {
    name: `ubuntu-eks-24.04-${kubernetes}`,
    title: `Ubuntu 24.04 LTS for EKS, Kubernetes ${kubernetes}`,
    path: `eks/24.04/${kubernetes}`,
    ...ordinary('24.04'),
    endOfLife,
  }),
  variant('ebs-gp3', {
    name: `ubuntu-eks-pro-24.04-${kubernetes}`,
    title: `Ubuntu Pro 24.04 LTS for EKS, Kubernetes ${kubernetes}`,
    path: `eks-pro/24.04/${kubernetes}`,
    ...pro('24.04'),
    endOfLife,
  }),
]);

/** Canonical's images beside the ordinary server. */
export const UBUNTU_VARIANT_BASES: readonly TrackedBaseImage[] = [...byRelease, ...forEks];
