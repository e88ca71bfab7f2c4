import type { TrackedBaseImage } from './trackedBaseImage.ts';
import { AMAZON_BASES } from './amazonBases.ts';
import { UBUNTU_BASES } from './ubuntuBases.ts';

export type { BaseImageSource, TrackedBaseImage } from './trackedBaseImage.ts';

/** Every base image known without a policy entry. */
export const BASE_IMAGES: readonly TrackedBaseImage[] = [...AMAZON_BASES, ...UBUNTU_BASES];
