import type { RebuildAnswer } from '../../api/answers.ts';
import { isoOrNull } from '../../api/present/instants.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { OpenNow } from './openNow.ts';

/** An open region build as people are told of it: in which state, and when it starts and ends as far as is known. */
export function rebuildOf(build: RegionBuild | undefined, { outlook }: OpenNow): RebuildAnswer {
  if (build === undefined) return null;
  const { id, status, approval } = build;
  const { startsAt, endsAt } = outlook.of.get(id) ?? {};
  return { id, status, approval, startsAt: isoOrNull(startsAt), endsAt: isoOrNull(endsAt) };
}
