import { regionBuildAnswer } from '../../api/present/builds.ts';
import { iso } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import { by } from '../../core/by.ts';
import type { Build, Services } from '../../ports.ts';
import { inParallel } from '../../core/inParallel.ts';
import { builtTemplates } from './builtTemplates.ts';
import type { OutlookServices } from './openNow.ts';
import { regionBuildsOf } from './regionBuildsOf.ts';

/** Builds of one template or of all, newest first, with what became of each of their region builds. */
export async function builds(
  { template, limit }: RequestOf<'builds'>,
  services: OutlookServices & Pick<Services, 'targets'>,
): Promise<AnswerOf<'builds'>> {
  const slugs = await builtTemplates(template, services);
  const found = (await inParallel(slugs, (slug) => services.regionBuilds.builds(slug, limit))).flat();
  const newest = found
    .sort(
      by(
        ({ requestedAt }) => -requestedAt,
        ({ id }) => id,
      ),
    )
    .slice(0, limit);
  const { policy, of, outlookOf } = await regionBuildsOf(
    newest.flatMap(({ regionBuilds }) => regionBuilds),
    services,
  );
  return {
    now: iso(services.now()),
    zone: policy.policy.zone,
    builds: newest.map((build) => ({
      ...buildAnswer(build),
      regionBuilds: build.regionBuilds
        .flatMap((id) => of.get(id) ?? [])
        .map((regionBuild) => regionBuildAnswer(regionBuild, outlookOf.get(regionBuild.id))),
    })),
  };
}

/** What people asked for, without what became of it. */
export function buildAnswer({ id, template, because, requestedAt }: Build): AnswerOf<'explain'>['build'] {
  return { id, template, because, requestedAt: iso(requestedAt) };
}
