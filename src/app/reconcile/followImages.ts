import { failureOf } from '../../core/builds/failureOf.ts';
import { explain } from '../../core/builds/compose.ts';
import { ranFor } from '../../core/builds/image.ts';
import { executionName, type RegionBuild } from '../../core/builds/regionBuild.ts';
import { verdictOf } from '../../core/builds/verdict.ts';
import { durationInWords } from '../../core/time/duration.ts';
import { MINUTE } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { isConfigured } from '../../settings.ts';
import { endBadly, type EndingServices } from '../endBadly.ts';
import { followImage } from '../followImage.ts';
import { pauseFailing } from '../pauseFailing.ts';
import { recordImage } from '../recordImage.ts';
import { anyway } from '../anyway.ts';

/** Image Builder may need a moment to know an image that it has just started. */
const SETTLING = 5 * MINUTE;

/** How long an execution may be at recording what it was told: its definition repeats that for about 20 minutes. */
const RECORDING = 30 * MINUTE;

export type FollowDuties = EndingServices &
  Pick<Services, 'settings' | 'imageBuilder' | 'packageLists' | 'executions' | 'log'>;

/**
 * Asks Image Builder about every running region build: tells executions whose event was lost, finishes what no
 * execution will finish any more, and cancels what runs past its maximum duration.
 */
export async function followImages(services: FollowDuties): Promise<void> {
  const { builds } = await services.regionBuilds.open();
  const running = builds.filter(
    ({ status, image, region }) =>
      status === 'running' && image !== undefined && isConfigured(region, services.settings),
  );
  await anyway(
    running,
    ({ id }) => id,
    (build) => follow(build, services),
    services.log,
  );
}

async function follow(build: RegionBuild, services: FollowDuties): Promise<void> {
  const { region, image } = build;
  if (image === undefined) return;
  const seen = await services.imageBuilder.look(region, image.arn);
  if (seen === undefined && services.now() - image.startedAt <= SETTLING) return;
  // What Image Builder does not know any more, somebody has deleted: it has ended as any other that has no AMI.
  const report = seen ?? { arn: image.arn, status: 'DELETED' };
  switch (await followImage(build, report, services)) {
    case 'running':
      return cancelOverdue(build, services);
    case 'told':
      return;
    case 'unheard':
      return finish(build, services);
  }
}

/** The money that is held pays for the maximum duration; its end is then found as any other's. */
async function cancelOverdue(build: RegionBuild, services: FollowDuties): Promise<void> {
  const { region, image, grant, id } = build;
  const now = services.now();
  if (image === undefined || grant === undefined || ranFor(build, now) < grant.maximumDuration) return;
  await services.imageBuilder.cancel(region, image.arn);
  const because = `its image is cancelled: it may take ${durationInWords(grant.maximumDuration)}`;
  const at = image.startedAt + grant.maximumDuration;
  await services.commits.commit([explain(id, { at, rule: 'too-long', because })]);
}

/** Records the end of an image for which no execution waits; one that is still at it is left to it for a while. */
async function finish(build: RegionBuild, services: FollowDuties): Promise<void> {
  const { executions } = services;
  const name = executionName(build);
  const { state } = await executions.state(name);
  const now = await services.regionBuilds.get(build.id);
  if (now?.status !== 'running' || now.image?.arn !== build.image?.arn || now.image === undefined) return;
  if (state === 'running') {
    if (services.now() - (now.image.endedAt ?? services.now()) < RECORDING) return;
    await executions.stop(name, 'its image has ended, and it has not recorded that');
  }
  const verdict = verdictOf(await services.imageBuilder.look(now.region, now.image.arn));
  if (verdict.kind === 'running') return;
  if (verdict.kind === 'made') {
    await recordImage(now, services);
    return;
  }
  const after = await endBadly(now, failureOf(now, verdict, verdict, services.now()), services);
  if (after.status === 'failed') await pauseFailing(after, services);
}
