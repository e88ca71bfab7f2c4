import type { RegionBuild } from '../core/builds/regionBuild.ts';
import { type Verdict, verdictOf } from '../core/builds/verdict.ts';
import type { Services } from '../ports.ts';

/**
 * What has become of the image of an attempt that is over: one that may still run is cancelled, and looked at again,
 * since it may have been made meanwhile. Undefined: there is none, or it has just been cancelled and takes its time.
 */
export async function endImage(
  { region, image }: Pick<RegionBuild, 'region' | 'image'>,
  { imageBuilder }: Pick<Services, 'imageBuilder'>,
): Promise<Exclude<Verdict, { kind: 'running' }> | undefined> {
  if (image === undefined) return undefined;
  const verdict = verdictOf(await imageBuilder.look(region, image.arn));
  if (verdict.kind !== 'running') return verdict;
  await imageBuilder.cancel(region, image.arn);
  const after = verdictOf(await imageBuilder.look(region, image.arn));
  return after.kind === 'made' ? after : undefined;
}
