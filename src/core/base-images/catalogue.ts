import type { TrackedBaseImage } from './trackedBaseImage.ts';
import { AMAZON_BASES } from './amazonBases.ts';
import { AMAZON_VARIANT_BASES } from './amazonVariantBases.ts';
import { COMMUNITY_BASES } from './communityBases.ts';
import { CONTAINER_HOST_BASES } from './containerHostBases.ts';
import { DEEP_LEARNING_BASES } from './deepLearningBases.ts';
import { ENTERPRISE_BASES } from './enterpriseBases.ts';
import { FEDORA_BASES } from './fedoraBases.ts';
import { UBUNTU_BASES } from './ubuntuBases.ts';
import { UBUNTU_VARIANT_BASES } from './ubuntuVariantBases.ts';

export type { BaseImageSource, TrackedBaseImage } from './trackedBaseImage.ts';

/** Every base image known without a policy entry; end-of-life dates as the vendors announced them by 2026-08. */
export const BASE_IMAGES: readonly TrackedBaseImage[] = [
  ...AMAZON_BASES,
  ...UBUNTU_BASES,
  ...COMMUNITY_BASES,
  ...ENTERPRISE_BASES,
  ...CONTAINER_HOST_BASES,
  ...AMAZON_VARIANT_BASES,
  ...UBUNTU_VARIANT_BASES,
  ...FEDORA_BASES,
  ...DEEP_LEARNING_BASES,
];

/** The table with the policy's own rows; an own row of a known name takes its place. */
export function catalogueWith(own: readonly TrackedBaseImage[]): ReadonlyMap<string, TrackedBaseImage> {
  return new Map([...BASE_IMAGES, ...own].map((base) => [base.name, base]));
}
