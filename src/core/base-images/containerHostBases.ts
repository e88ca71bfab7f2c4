import type { PerArchitecture, TrackedBaseImage } from './trackedBaseImage.ts';

const ECS = '/aws/service/ecs/optimized-ami';

/** @param names where the parameters are below the distribution's; those for GPU and Neuron are of x86_64 alone */
const ecs = (
  name: string,
  title: string,
  distribution: 'amazon-linux-2023' | 'amazon-linux-2',
  names: PerArchitecture<string>,
): TrackedBaseImage => ({
  name,
  title,
  family: 'ecs-optimized',
  source: {
    kind: 'parameter',
    names: Object.fromEntries(
      Object.entries(names).map(([architecture, under]) => [
        architecture,
        `${ECS}/${distribution}/${under}recommended/image_id`,
      ]),
    ),
  },
  packageManager: distribution === 'amazon-linux-2' ? 'yum' : 'dnf',
  evidence: [distribution],
  endOfLife: distribution === 'amazon-linux-2' ? '2026-06-30' : '2029-06-30',
});

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

/**
 * Hosts for containers, made by AWS from Amazon Linux. EKS: end of the version's standard support. ECS on Amazon Linux 2
 * ends with it.
 */
export const CONTAINER_HOST_BASES: readonly TrackedBaseImage[] = [
  ecs('ecs-optimized-al2023', 'ECS optimized Amazon Linux 2023', 'amazon-linux-2023', {
    x86_64: '',
    arm64: 'arm64/',
  }),
  eks('1.33', '2026-07-29'),
  eks('1.34', '2026-12-02'),
  eks('1.35', '2027-03-27'),
  eks('1.36', '2027-08-02'),
  ecs('ecs-optimized-al2023-gpu', 'ECS optimized Amazon Linux 2023 with GPU', 'amazon-linux-2023', {
    x86_64: 'gpu/',
  }),
  ecs('ecs-optimized-al2023-neuron', 'ECS optimized Amazon Linux 2023 with Neuron', 'amazon-linux-2023', {
    x86_64: 'neuron/',
  }),
  ecs('ecs-optimized-al2', 'ECS optimized Amazon Linux 2', 'amazon-linux-2', {
    x86_64: '',
    arm64: 'arm64/',
  }),
  ecs('ecs-optimized-al2-kernel-5.10', 'ECS optimized Amazon Linux 2, kernel 5.10', 'amazon-linux-2', {
    x86_64: 'kernel-5.10/',
    arm64: 'kernel-5.10/arm64/',
  }),
  ecs('ecs-optimized-al2-gpu', 'ECS optimized Amazon Linux 2 with GPU', 'amazon-linux-2', {
    x86_64: 'gpu/',
  }),
];
