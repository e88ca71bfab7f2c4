import type { StillHeld } from '../core/builds/endAttempt.ts';
import { returnToQueue } from '../core/builds/finish.ts';
import { imageStarted } from '../core/builds/image.ts';
import { again, takenBack } from '../core/builds/takenBack.ts';
import { type Grant, isOpen, isOwnedBy, type RegionBuild } from '../core/builds/regionBuild.ts';
import { fingerprint } from '../core/template/fingerprint.ts';
import { resolveInheritance } from '../core/template/resolveInheritance.ts';
import type { ResolvedTemplate } from '../core/template/template.ts';
import { templateGraph } from '../core/template/templateGraph.ts';
import type { Services } from '../ports.ts';
import { backToQueue } from './backToQueue.ts';
import { ImpossibleImage, TryAgain, TurnLost } from './buildErrors.ts';
import type { BuildStep } from './checkBudget.ts';
import { forbiddenByMode } from './forbiddenByMode.ts';
import { requestImage, type RequestingServices } from './requestImage.ts';
import { targetState } from './targetState.ts';

type StartingServices = RequestingServices &
  Pick<Services, 'regionBuilds' | 'slots' | 'templates' | 'targets' | 'commits' | 'imageBuilder' | 'now'>;

/**
 * Starts the image of this attempt: exactly the one that was granted. Called again it finds the image that an earlier
 * call has started, whose answer may have been lost: the client token is the attempt's.
 * @throws TurnLost if the attempt is over, or template or mode have changed or its image was rolled back since the grant
 * @throws ImpossibleImage if the template cannot be compiled, or its image cannot be asked for
 */
export async function startImage(
  { id, execution }: BuildStep,
  services: StartingServices,
): Promise<{ readonly id: string; readonly imageArn: string }> {
  const build = await services.regionBuilds.get(id);
  if (build === undefined || !isOwnedBy(build, execution))
    throw new TurnLost(`${id} does not belong to ${execution}`);
  const { status, grant, image } = build;
  if (status !== 'running' || grant === undefined) throw new TurnLost(`${id} is ${status}`);
  if (image !== undefined) return { id, imageArn: image.arn };
  const forbidden = await forbiddenByMode(build, services);
  if (forbidden !== undefined) return giveBack(build, forbidden, services);
  const { template, rootBase } = await grantedTemplate(build, grant, services);
  const spec = await requestImage(build, grant, template, rootBase, services);
  const { imageArn } = await services.imageBuilder.start(build.region, spec);
  await keepImage(build, grant, imageArn, services);
  return { id, imageArn };
}

/** The template as it was when its turn was granted; if it is another now, the build goes back to adopt what is new. */
async function grantedTemplate(
  build: RegionBuild,
  grant: Grant,
  services: StartingServices,
): Promise<{ template: ResolvedTemplate; rootBase: string }> {
  const [kept, target] = await Promise.all([services.templates.all(), targetState(build, services)]);
  const { templates, problems } = resolveInheritance(kept.map(({ definition }) => definition));
  const template = templates.get(build.template);
  if (template === undefined) {
    const own = problems.filter((problem) => problem.template === build.template);
    const why = own.map(({ message }) => message).join('; ');
    throw new ImpossibleImage(why === '' ? `there is no template ${build.template} any more` : why);
  }
  const now = fingerprint(
    {
      template,
      baseImageId: grant.baseImageId,
      architecture: build.architecture,
      packageEpoch: target.packageEpoch,
    },
    services.sha256,
  );
  if (now !== grant.fingerprint)
    return giveBack(
      build,
      `${build.template} was changed after its turn was granted: the changed one is built`,
      services,
    );
  const rolledBack = takenBack(grant.fingerprint, build.reasons, target);
  if (rolledBack !== undefined) return giveBack(build, `it would make ${again(rolledBack)}`, services);
  const rootBase = templateGraph(templates.values()).rootBase.get(template.slug) ?? template.base;
  return { template, rootBase };
}

/** @throws TurnLost always: the build waits in its queue again */
async function giveBack(build: RegionBuild, because: string, services: StartingServices): Promise<never> {
  const at = services.now();
  const writesOf = (held?: StillHeld) => returnToQueue(build, because, at, held);
  await backToQueue(build, { writesOf, because, cost: 0 }, services);
  throw new TurnLost(because);
}

/**
 * Notes the image with its region build. Where the attempt is over meanwhile nobody waits for the image: it is stopped.
 * Where the same attempt was granted again (its execution was replaced, or is asked again) its next call finds this
 * image by the client token: it stays.
 */
async function keepImage(
  build: RegionBuild,
  { attempt }: Grant,
  imageArn: string,
  services: StartingServices,
): Promise<void> {
  const { imageBuilder, commits, regionBuilds } = services;
  const { committed } = await commits.commit(imageStarted(build, imageArn, services.now()));
  if (committed) return;
  const now = await regionBuilds.get(build.id);
  if (now !== undefined && isOpen(now.status) && now.grant?.attempt === attempt) {
    if (now.image?.arn === imageArn) return;
    if (now.status === 'running') throw new TryAgain(`${build.id} was changed by somebody else`);
    throw new TurnLost(`attempt ${attempt} of ${build.id} was granted again while its image was started`);
  }
  await imageBuilder.cancel(build.region, imageArn);
  throw new TurnLost(`${build.id} has ended while its image was started`);
}
