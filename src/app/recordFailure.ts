import { isOpen, isOwnedBy, type RegionBuild } from '../core/builds/regionBuild.ts';
import { stepError, type StepError } from '../core/builds/stepError.ts';
import type { Services } from '../ports.ts';
import type { BuildStep } from './checkBudget.ts';
import { endBadly, type EndingServices } from './endBadly.ts';
import { endImage } from './endImage.ts';
import { failureOf } from '../core/builds/failureOf.ts';
import { pauseFailing } from './pauseFailing.ts';

/** How `compile-template` goes on: the words its choice knows; everything else ends it as failed. */
export type AfterStep =
  | { readonly next: 'another-attempt' | 'record-image' | 'nothing'; readonly id: string }
  | { readonly next: 'failed'; readonly id: string; readonly error: string; readonly cause: string };

/** Step Functions' limit for the name of an error. */
const LONGEST_ERROR = 256;

/**
 * Keeps why an attempt ended, gives slot and money back, and says whether another one follows. Called again it says
 * the same: what was done is read from the region build. An image that is there after all is recorded instead.
 */
export async function recordFailure(
  { id, execution, error }: BuildStep & { readonly error: StepError },
  services: EndingServices & Pick<Services, 'imageBuilder'>,
): Promise<AfterStep> {
  const build = await services.regionBuilds.get(id);
  if (build === undefined || !isOwnedBy(build, execution)) return { next: 'nothing', id };
  if (!isOpen(build.status) || build.status === 'queued') return wayOn(build, services);
  const ending = await endImage(build, services);
  if (ending?.kind === 'made') return { next: 'record-image', id };
  const failure = failureOf(build, stepError(error), ending, services.now());
  return wayOn(await endBadly(build, failure, services), services);
}

/** What a region build that does not run (any more) means for its execution. */
async function wayOn(build: RegionBuild, services: EndingServices): Promise<AfterStep> {
  const { id, status, failure } = build;
  switch (status) {
    case 'queued':
    case 'granted':
      return { next: 'another-attempt', id };
    case 'running':
    case 'succeeded':
      return { next: 'record-image', id };
    case 'failed':
      await pauseFailing(build, services);
      return {
        next: 'failed',
        id,
        error: (failure?.error ?? 'Failed').slice(0, LONGEST_ERROR),
        cause: failure?.reason ?? 'no reason was kept',
      };
    case 'cancelled':
    case 'refused':
      return { next: 'nothing', id };
  }
}
