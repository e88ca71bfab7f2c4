import type { TrackedBaseImage } from './trackedBaseImage.ts';

const ECS = '/aws/service/ecs/optimized-ami/amazon-linux-2023';

const eks = (kubernetes: string, endOfLife: string): TrackedBaseImage => {
  const parameter = (architecture: string) =>
    `/aws/service/eks/optimized-ami/${kubernetes}/amazon-linux-2023/${architecture}/standard/recommended/image_id`;
  return {
    name: `eks-${kubernetes}`,
    title: `EKS optimized Amazon Linux 2023, Kubernetes ${kubernetes}`,
    family: 'eks-optimized',
    source: { kind: 'parameter', names: { x86_64: parameter('x86_64'), arm64: parameter('arm64') } },
    packageManager: 'dnf',
    evidence: ['amazon-linux-2023'],
    endOfLife,
  };
};

/** Hosts for containers, made by AWS from Amazon Linux 2023. EKS: end of the version's standard support. */
export const CONTAINER_HOST_BASES: readonly TrackedBaseImage[] = [
  {
    name: 'ecs-optimized-al2023',
    title: 'ECS optimized Amazon Linux 2023',
    family: 'ecs-optimized',
    source: {
      kind: 'parameter',
      names: { x86_64: `${ECS}/recommended/image_id`, arm64: `${ECS}/arm64/recommended/image_id` },
    },
    packageManager: 'dnf',
    evidence: ['amazon-linux-2023'],
    endOfLife: '2029-06-30',
  },
  eks('1.33', '2026-07-29'),
  eks('1.34', '2026-12-02'),
  eks('1.35', '2027-03-27'),
  eks('1.36', '2027-08-02'),
];
