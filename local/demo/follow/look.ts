import { GetImageCommand } from '@aws-sdk/client-imagebuilder';
import { clean } from '../../../cli/text/clean.ts';
import type { RegionBuildAnswer } from '../../../src/api/answers.ts';
import type { ApiClient } from '../../../src/api/client.ts';
import type { LocalClients } from '../localClients.ts';
import { followed, type Followed } from './followed.ts';

/** Builds asked for at once; more are not followed. */
const MOST_BUILDS = 100;

/** One look at region builds, with nothing but what every user has: the control API and AWS. */
export type Look = () => Promise<Followed[]>;

/** @param wanted which region builds are meant */
export function lookAt(
  wanted: (build: RegionBuildAnswer) => boolean,
  { client, imageBuilder }: { readonly client: ApiClient } & Pick<LocalClients, 'imageBuilder'>,
): Look {
  return async () => {
    const { builds } = clean(await client.call('builds', { limit: MOST_BUILDS }));
    const regionBuilds = [
      ...new Map(
        builds.flatMap((build) => build.regionBuilds.filter(wanted).map((each) => [each.id, each])),
      ).values(),
    ];
    const images = regionBuilds.some(({ status }) => status === 'succeeded')
      ? clean(await client.call('images', {})).images
      : [];
    return Promise.all(
      regionBuilds.map(async (build) =>
        followed(
          build,
          await imageStatusOf(build, imageBuilder),
          images.find(({ amiId, region }) => amiId === build.amiId && region === build.region),
        ),
      ),
    );
  };
}

/** What Image Builder itself says of a running image. */
async function imageStatusOf(
  { status, imageArn, region }: RegionBuildAnswer,
  imageBuilder: LocalClients['imageBuilder'],
): Promise<string | undefined> {
  if (status !== 'running' || imageArn === null) return undefined;
  const { image } = await imageBuilder(region).send(new GetImageCommand({ imageBuildVersionArn: imageArn }));
  return image?.state?.status;
}
