import type { TrackedBaseImage } from './trackedBaseImage.ts';

type Distribution = Pick<
  TrackedBaseImage,
  'name' | 'title' | 'packageManager' | 'evidence' | 'ecosystems' | 'endOfLife'
>;

/** AWS's base images with NVIDIA's open driver; those with a framework are found in the same way by an own row. */
const deepLearning = (distribution: string, row: Distribution): TrackedBaseImage => {
  const parameter = (architecture: string) =>
    `/aws/service/deeplearning/ami/${architecture}/base-oss-nvidia-driver-gpu-${distribution}/latest/ami-id`;
  return {
    ...row,
    family: 'deep-learning',
    source: { kind: 'parameter', names: { x86_64: parameter('x86_64'), arm64: parameter('arm64') } },
  };
};

const ubuntu = (release: string, endOfLife: string): TrackedBaseImage =>
  deepLearning(`ubuntu-${release}`, {
    name: `deep-learning-ubuntu-${release}`,
    title: `Deep Learning Base AMI, Ubuntu ${release}`,
    packageManager: 'apt',
    evidence: ['osv'],
    ecosystems: [`Ubuntu:${release}:LTS`],
    endOfLife,
  });

/** Made from the distributions' images: evidence is about their packages, not about drivers and CUDA. */
export const DEEP_LEARNING_BASES: readonly TrackedBaseImage[] = [
  ubuntu('22.04', '2027-04-01'),
  ubuntu('24.04', '2029-05-31'),
  deepLearning('amazon-linux-2023', {
    name: 'deep-learning-al2023',
    title: 'Deep Learning Base AMI, Amazon Linux 2023',
    packageManager: 'dnf',
    evidence: ['amazon-linux-2023'],
    endOfLife: '2029-06-30',
  }),
];
