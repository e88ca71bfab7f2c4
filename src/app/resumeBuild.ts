import { imageEnded } from '../core/builds/image.ts';
import { isOpen, type RegionBuild } from '../core/builds/regionBuild.ts';
import type { Services } from '../ports.ts';
import { followImage, type FollowingServices, noteProgress } from './followImage.ts';
import { endWait } from './sendTurn.ts';

/**
 * Why to look at an image: Image Builder says that it changed, an execution began to wait for it, or its build is closed
 * without one.
 */
export type ImageNews =
  | { readonly kind: 'changed'; readonly imageArn: string; readonly status: string }
  | { readonly kind: 'awaited' | 'closed'; readonly regionBuild: string };

/**
 * Follows an image of ours, and lets its build go on when it ends. Either piece of news may come first: the event
 * before the wait has begun, then the wait's own hint finds the image ended. That an image has ended is believed only
 * after a look at exactly that image; events come late, twice, and out of order. Whoever closed a build may have died
 * before its execution was told: it would wait for its turn, or its image, until its time is up.
 */
export async function resumeBuild(
  news: ImageNews,
  services: FollowingServices & Pick<Services, 'imageBuilder'>,
): Promise<void> {
  const build = await buildOf(news, services);
  if (build === undefined) return;
  if (news.kind === 'closed') {
    if (!isOpen(build.status)) await endWait(build, `the region build is ${build.status}`, services);
    return;
  }
  const { image } = build;
  if (image === undefined) return;
  if (news.kind === 'changed') {
    if (image.arn !== news.imageArn) return;
    if (isOpen(build.status) && !imageEnded(news.status)) {
      await noteProgress(build, image.arn, news.status, services);
      return;
    }
  }
  if (!isOpen(build.status)) {
    await endWait({ image }, `the region build is ${build.status}`, services);
    return;
  }
  const report = await services.imageBuilder.look(build.region, image.arn);
  if (report !== undefined) await followImage(build, report, services);
}

async function buildOf(
  news: ImageNews,
  { regionBuilds }: Pick<Services, 'regionBuilds'>,
): Promise<RegionBuild | undefined> {
  const id = news.kind === 'changed' ? await regionBuilds.ofImage(news.imageArn) : news.regionBuild;
  return id === undefined ? undefined : regionBuilds.get(id);
}
