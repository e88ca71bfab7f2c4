import type { Ami } from '../../core/builds/target.ts';
import type { Removal } from '../../core/images/removal.ts';
import type { AmiAnswer } from '../answers.ts';
import { iso, isoOrNull } from './instants.ts';

/**
 * @param parameter name of the SSM parameter that publishes the active AMI of its target
 * @param removal its next step, if it is on its way out
 */
export function amiAnswer(ami: Ami, parameter: string, removal?: Removal): AmiAnswer {
  const {
    template,
    region,
    architecture,
    amiId,
    state,
    fingerprint,
    build,
    regionBuild,
    imageArn,
    replaces,
  } = ami;
  const { baseImageId, baseImageName, baseRelease } = ami;
  return {
    template,
    region,
    architecture,
    amiId,
    state,
    baseImageId,
    baseImageName,
    baseRelease,
    fingerprint,
    build,
    regionBuild,
    imageArn,
    createdAt: iso(ami.createdAt),
    promotedAt: isoOrNull(ami.promotedAt),
    publishedAt: isoOrNull(ami.publishedAt),
    parameter,
    replaces,
    supersededAt: isoOrNull(ami.supersededAt),
    next: removal === undefined ? null : nextStep(removal),
  };
}

function nextStep({ step, at, because }: Removal): AmiAnswer['next'] {
  return { step, at: isoOrNull(at ?? undefined), because };
}
