import { attemptAnswer, regionBuildAnswer } from '../../api/present/builds.ts';
import { iso, lineAnswer } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import { inParallel } from '../../core/inParallel.ts';
import { buildAnswer } from './builds.ts';
import { findBuild } from './findBuild.ts';
import type { OutlookServices } from './openNow.ts';
import { regionBuildsOf } from './regionBuildsOf.ts';

/** The story of a build, or of one region build: reasons, attempts, money, and every decision on the way. */
export async function explain(
  { id }: RequestOf<'explain'>,
  services: OutlookServices,
): Promise<AnswerOf<'explain'>> {
  const build = await findBuild(id, services);
  const { policy, of, outlookOf } = await regionBuildsOf(build.regionBuilds, services);
  const found = build.regionBuilds.flatMap((member) => of.get(member) ?? []);
  return {
    now: iso(services.now()),
    zone: policy.policy.zone,
    build: buildAnswer(build),
    regionBuilds: await inParallel(found, async (regionBuild) => {
      const [attempts, story] = await Promise.all([
        services.regionBuilds.attempts(regionBuild.id),
        services.regionBuilds.explanation(regionBuild.id),
      ]);
      return {
        ...regionBuildAnswer(regionBuild, outlookOf.get(regionBuild.id)),
        attemptHistory: attempts.map(attemptAnswer),
        story: story.map(lineAnswer),
      };
    }),
  };
}
