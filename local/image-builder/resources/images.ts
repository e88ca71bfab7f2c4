import { compareVersions, matchesVersion, parseArn, parseVersion } from './names.ts';
import type { RegionStore, StoredImage } from './store.ts';

export const IMAGE_STATUSES = [
  ...(['PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING', 'AVAILABLE'] as const),
  ...(['CANCELLED', 'FAILED', 'DEPRECATED', 'DELETED', 'DISABLED'] as const),
] as const;
export type ImageStatus = (typeof IMAGE_STATUSES)[number];

const RUNNING: ReadonlySet<string> = new Set<ImageStatus>([
  ...(['PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING'] as const),
]);

export const isRunning = ({ image }: StoredImage): boolean => RUNNING.has(image.state.status);

const buildOf = ({ image }: StoredImage): number => parseArn(image.arn).build ?? 0;

/** Builds of exactly this version, oldest first. */
export const imagesAt = (store: RegionStore, versionArn: string): readonly StoredImage[] =>
  [...store.images.values()].filter(({ image }) => image.arn.startsWith(`${versionArn}/`));

/**
 * The image an ARN means: exactly that build in whatever state, or the newest AVAILABLE build of the highest version
 * that fits a version or pattern.
 */
export function findImage(store: RegionStore, arn: string): StoredImage | undefined {
  const exact = store.images.get(arn);
  if (exact !== undefined) return exact;
  const wanted = parseArn(arn);
  if (wanted.build !== undefined) return undefined;
  return [...store.images.values()]
    .filter(({ image }) => {
      const { name, version = '', owner, region } = parseArn(image.arn);
      return (
        image.state.status === 'AVAILABLE' &&
        name === wanted.name &&
        owner === wanted.owner &&
        region === wanted.region &&
        matchesVersion(wanted.version ?? 'x.x.x', version)
      );
    })
    .sort(
      (a, b) =>
        compareVersions(
          parseVersion(parseArn(a.image.arn).version ?? ''),
          parseVersion(parseArn(b.image.arn).version ?? ''),
        ) || buildOf(a) - buildOf(b),
    )
    .at(-1);
}
