import { ApiError } from '../../api/errors.ts';
import type { Build, Services } from '../../ports.ts';

/** How many builds are named to somebody who named their template instead. */
const NAMED = 3;

/**
 * A build with its region builds, or one region build alone, by the name of either.
 * @throws ApiError `not-found`, naming the template's builds if it is a template that was named
 */
export async function findBuild(
  id: string,
  { regionBuilds }: Pick<Services, 'regionBuilds'>,
): Promise<Build> {
  const build = await regionBuilds.build(id);
  if (build !== undefined) return build;
  const regionBuild = await regionBuilds.get(id);
  const whole = regionBuild && (await regionBuilds.build(regionBuild.build));
  if (whole !== undefined) return { ...whole, regionBuilds: [id] };
  const ofTemplate = await regionBuilds.builds(id, NAMED);
  throw new ApiError(
    'not-found',
    ofTemplate.length === 0
      ? `There is no build "${id}". \`cws templates auto-ami builds\` lists them.`
      : `"${id}" is a template, not a build. Its newest builds: ${ofTemplate.map((other) => other.id).join(', ')}.`,
  );
}
