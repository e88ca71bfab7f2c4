import { isOpen, type RegionBuild } from '../../core/builds/regionBuild.ts';
import { keptOnBase } from '../../core/desired/keptOnBase.ts';
import { EVENTS, HINTS } from '../../core/events.ts';
import type { NoticeFact } from '../../core/notices/noticeFact.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { type KeepingServices, readKeeping } from '../gathering/keeping.ts';
import { announcedFacts } from './announcedFacts.ts';
import { buildFacts } from './buildFacts.ts';
import { textIn } from './textIn.ts';
import type { Told } from './told.ts';

export type FactServices = KeepingServices & Pick<Services, 'regionBuilds' | 'amis' | 'announcements'>;

/** What an event is about, looked up: usually one thing worth telling, often none. */
export async function factsOf(
  { detailType, detail }: Told,
  services: FactServices,
): Promise<{ readonly policy: Policy; readonly facts: readonly NoticeFact[] }> {
  const { policy } = await currentPolicy(services);
  const about = async (): Promise<readonly NoticeFact[]> => {
    switch (detailType) {
      case HINTS.UPDATE_ASSESSED:
        return updateFacts(textIn(detail, 'base'), textIn(detail, 'release'), services);
      case EVENTS.BUILD_QUEUED:
        return queuedFacts(textIn(detail, 'regionBuild'), policy, services);
      case EVENTS.BUILD_FINISHED:
        return finishedFacts(textIn(detail, 'regionBuild'), services);
      case EVENTS.BUDGET_EXHAUSTED:
      case EVENTS.BUDGET_OVERRUN:
      case EVENTS.DEADLINE_AT_RISK:
      case EVENTS.DEADLINE_MISSED:
      case EVENTS.END_OF_LIFE_NEAR:
      case EVENTS.APPROVAL_WANTED:
        return announcedFacts(textIn(detail, 'announcement'), policy, services);
      // An update is told when it is known what it fixes; a promotion with the build it belongs to.
      case EVENTS.BASE_IMAGE_UPDATED:
      case EVENTS.AMI_PROMOTED:
      case EVENTS.BUILD_STARTED:
      case HINTS.TURN_AWAITED:
      case HINTS.BUILD_REQUEUED:
      case HINTS.IMAGE_AWAITED:
      case HINTS.POLICY_CHANGED:
      case HINTS.TEMPLATE_CHANGED:
      case HINTS.PACKAGE_EPOCH_RAISED:
        return [];
    }
  };
  return { policy, facts: await about() };
}

async function updateFacts(base: string, release: string, services: FactServices): Promise<NoticeFact[]> {
  const update = await services.baseImages.update(base, release);
  if (update?.assessment === undefined) return [];
  return [{ kind: 'base-image-updated', update, affected: keptOnBase(base, await readKeeping(services)) }];
}

async function queuedFacts(
  id: string,
  { notify: { beforeRebuild } }: Policy,
  services: FactServices,
): Promise<NoticeFact[]> {
  const regionBuild = await services.regionBuilds.get(id);
  // One that must be approved first is told by its own announcement.
  if (regionBuild?.status !== 'queued' || regionBuild.approval === 'wanted') return [];
  // Most policies tell nobody: what it would take to tell is not read then.
  return beforeRebuild ? [{ kind: 'build-queued', build: await buildFacts(regionBuild, services) }] : [];
}

async function finishedFacts(id: string, services: FactServices): Promise<NoticeFact[]> {
  const regionBuild = await services.regionBuilds.get(id);
  if (regionBuild === undefined || isOpen(regionBuild.status)) return [];
  const build = await buildFacts(regionBuild, services);
  return [
    ...(regionBuild.status === 'failed' ? [{ kind: 'region-build-failed' as const, regionBuild }] : []),
    ...(regionBuild.status === 'refused' ? [{ kind: 'region-build-refused' as const, regionBuild }] : []),
    ...(await pausedFacts(regionBuild, services)),
    { kind: 'build-finished' as const, build },
  ];
}

async function pausedFacts(
  { template, status, finishedAt = 0 }: RegionBuild,
  { templates }: FactServices,
): Promise<NoticeFact[]> {
  if (status !== 'failed') return [];
  const paused = (await templates.get(template))?.paused;
  return paused === undefined || paused.at < finishedAt
    ? []
    : [{ kind: 'template-paused', template, reason: paused.reason }];
}
