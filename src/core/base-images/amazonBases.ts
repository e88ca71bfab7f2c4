import type { TrackedBaseImage } from './trackedBaseImage.ts';

/** Where Amazon's parameters are. */
export const LATEST = '/aws/service/ami-amazon-linux-latest';

const al2023 = (name: string, title: string, image: string): TrackedBaseImage => ({
  name,
  title,
  family: 'amazon-linux-2023',
  source: {
    kind: 'parameter',
    names: { x86_64: `${LATEST}/${image}-x86_64`, arm64: `${LATEST}/${image}-arm64` },
  },
  packageManager: 'dnf',
  evidence: ['amazon-linux-2023'],
  endOfLife: '2029-06-30',
});

/** Amazon's own distributions. `kernel-default` is Amazon's choice of kernel (6.1 so far) and may move to a newer one. */
export const AMAZON_BASES: readonly TrackedBaseImage[] = [
  al2023('amazon-linux-2023', 'Amazon Linux 2023', 'al2023-ami-kernel-default'),
  al2023('amazon-linux-2023-kernel-6.1', 'Amazon Linux 2023, kernel 6.1', 'al2023-ami-kernel-6.1'),
  al2023('amazon-linux-2023-kernel-6.12', 'Amazon Linux 2023, kernel 6.12', 'al2023-ami-kernel-6.12'),
  al2023('amazon-linux-2023-kernel-6.18', 'Amazon Linux 2023, kernel 6.18', 'al2023-ami-kernel-6.18'),
  al2023('amazon-linux-2023-minimal', 'Amazon Linux 2023 minimal', 'al2023-ami-minimal-kernel-default'),
  {
    name: 'amazon-linux-2',
    title: 'Amazon Linux 2, kernel 5.10',
    family: 'amazon-linux-2',
    source: {
      kind: 'parameter',
      names: {
        x86_64: `${LATEST}/amzn2-ami-kernel-5.10-hvm-x86_64-gp2`,
        arm64: `${LATEST}/amzn2-ami-kernel-5.10-hvm-arm64-gp2`,
      },
    },
    packageManager: 'yum',
    evidence: ['amazon-linux-2'],
    endOfLife: '2026-06-30',
  },
];
