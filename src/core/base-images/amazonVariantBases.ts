import { LATEST } from './amazonBases.ts';
import type { TrackedBaseImage } from './trackedBaseImage.ts';

const minimal = (kernel: string): TrackedBaseImage => {
  const image = `${LATEST}/al2023-ami-minimal-kernel-${kernel}`;
  return {
    name: `amazon-linux-2023-minimal-kernel-${kernel}`,
    title: `Amazon Linux 2023 minimal, kernel ${kernel}`,
    family: 'amazon-linux-2023',
    source: { kind: 'parameter', names: { x86_64: `${image}-x86_64`, arm64: `${image}-arm64` } },
    packageManager: 'dnf',
    evidence: ['amazon-linux-2023'],
    endOfLife: '2029-06-30',
  };
};

const al2 = (name: string, title: string, image: string): TrackedBaseImage => ({
  name,
  title,
  family: 'amazon-linux-2',
  source: {
    kind: 'parameter',
    names: { x86_64: `${LATEST}/${image}-x86_64-gp2`, arm64: `${LATEST}/${image}-arm64-gp2` },
  },
  packageManager: 'yum',
  evidence: ['amazon-linux-2'],
  endOfLife: '2026-06-30',
});

/** The same distributions with a kernel that is not the one most take. */
export const AMAZON_VARIANT_BASES: readonly TrackedBaseImage[] = [
  minimal('6.1'),
  minimal('6.12'),
  minimal('6.18'),
  al2(
    'amazon-linux-2-kernel-default',
    "Amazon Linux 2, Amazon's choice of kernel",
    'amzn2-ami-kernel-default-hvm',
  ),
  al2('amazon-linux-2-kernel-4.14', 'Amazon Linux 2, kernel 4.14', 'amzn2-ami-hvm'),
];
