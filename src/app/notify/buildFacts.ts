import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { BuildFacts } from '../../core/notices/noticeFact.ts';
import type { Services } from '../../ports.ts';

/** The build a region build was first asked for under, with everything that belongs to it. */
export async function buildFacts(
  { build: id, template, reasons, ...own }: RegionBuild,
  { regionBuilds }: Pick<Services, 'regionBuilds'>,
): Promise<BuildFacts> {
  const build = await regionBuilds.build(id);
  const members = await Promise.all(
    (build?.regionBuilds ?? [own.id]).map((member) => regionBuilds.get(member)),
  );
  return {
    id,
    template,
    because: build?.because ?? reasons.map(({ because }) => because).join('; '),
    regionBuilds: members.filter((member) => member !== undefined),
  };
}
