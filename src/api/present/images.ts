import type { Ami } from '../../core/builds/target.ts';
import type { AmiAnswer } from '../answers.ts';
import { iso, isoOrNull } from './instants.ts';

/** @param parameter name of the SSM parameter that publishes the active AMI of its target */
export function amiAnswer(ami: Ami, parameter: string): AmiAnswer {
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
  };
}
