import type { TrackedBaseImage } from './trackedBaseImage.ts';

/** The partition of a region, told by its name as AWS names them. */
export function partitionOf(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

/** Whether a base is published in a region; a base without a rule is published everywhere. */
export function servedIn({ regions }: TrackedBaseImage, region: string): boolean {
  if (regions === undefined) return true;
  const { partitions, only, except } = regions;
  return (
    (partitions?.includes(partitionOf(region)) ?? true) &&
    (only?.includes(region) ?? true) &&
    !(except?.includes(region) ?? false)
  );
}
