import { attemptCost } from '../core/builds/image.ts';
import type { StillHeld } from '../core/builds/endAttempt.ts';
import { succeed } from '../core/builds/finish.ts';
import { verdictOf } from '../core/builds/verdict.ts';
import type { Services } from '../ports.ts';
import { ImageNotEnded, ImageNotMade, TryAgain } from './buildErrors.ts';
import { commitEnd } from './commitEnd.ts';
import { keepPackages } from './keepPackages.ts';
import { targetState } from './targetState.ts';

/**
 * The image is there: AMI, true cost, slot, target and status in one transaction. Whoever comes second finds it
 * recorded, and goes on to publishing. Its package list is copied after that: it is not needed to publish the AMI, and
 * what is missing of it the daily check makes good.
 * @throws ImageNotEnded, ImageNotMade if Image Builder does not say so
 */
export async function recordImage(
  { id }: { readonly id: string },
  services: Pick<
    Services,
    'regionBuilds' | 'slots' | 'targets' | 'imageBuilder' | 'packageLists' | 'commits' | 'now' | 'log'
  >,
): Promise<{ readonly id: string }> {
  const build = await services.regionBuilds.get(id);
  if (build?.status !== 'running' || build.image === undefined) return { id };
  const verdict = verdictOf(await services.imageBuilder.look(build.region, build.image.arn));
  if (verdict.kind === 'running') throw new ImageNotEnded(build.image.arn);
  if (verdict.kind === 'failed') throw new ImageNotMade(`${verdict.error}: ${verdict.reason}`);
  const target = await targetState(build, services);
  const now = services.now();
  const made = { amiId: verdict.amiId, cost: attemptCost(build, now) };
  const writesOf = (held?: StillHeld) => succeed(build, made, target, now, held);
  const { committed } = await commitEnd(build, writesOf, services);
  if (!committed) throw new TryAgain(`${id} was changed by somebody else`);
  for (const write of writesOf()) if (write.kind === 'ami') await keepPackages(write.after, services);
  return { id };
}
