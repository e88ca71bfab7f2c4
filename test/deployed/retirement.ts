import {
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetComponentCommand, GetImageCommand, GetImageRecipeCommand } from '@aws-sdk/client-imagebuilder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT_KEY } from '../../local/aws/ministack.ts';
import { HOME_REGION } from '../../local/demo/stacks.ts';
import type { ApiClient } from '../../src/api/client.ts';
import type { ImagesRetired } from '../../src/app/retireImages.ts';
import { amiKey } from '../../src/aws/table/keys.ts';
import { DAY } from '../../src/core/words.ts';
import {
  type AmiAnswer,
  invoke,
  publishedAmis,
  theClients,
  until,
  untilPublished,
} from './support/deployed.ts';
import { setBack } from './support/table.ts';
import { POLICY, templateText } from './support/templates.ts';

const SLUG = 'renewed';
const ELSEWHERE = 'us-west-2';

/** What gave way days ago is on its way out, a step a day; all else of the policy as it is. */
const HASTY = `${POLICY}  retention: { deprecate_after: '1 day', disable_after: '2 days', deregister_after: '3 days' }\n`;

/** A template is renewed twice: in one region nobody uses its first AMI, in the other an instance does. */
export function retirement(client: ApiClient, base: string): void {
  const clients = theClients();
  const ec2 = (region: string) =>
    new EC2Client({ region, endpoint: clients.endpoint, credentials: ROOT_KEY });
  const apply = (...packages: readonly string[]) =>
    client.call('applyTemplates', {
      templates: [{ file: `${SLUG}.yaml`, text: templateText(SLUG, base, ['x86_64'], packages) }],
    });
  const inRegion = (amis: readonly AmiAnswer[], region: string): AmiAnswer => {
    const found = amis.find((ami) => ami.region === region);
    if (found === undefined) throw new Error(`there is no AMI in ${region}`);
    return found;
  };

  /** The AMIs of the template become older, by the records: nobody waits for days. */
  const daysPass = async (days: number): Promise<void> => {
    const { images } = await client.call('images', { template: SLUG, all: true });
    for (const { amiId } of images)
      for (const since of ['supersededAt', 'deprecatedAt', 'disabledAt'])
        await setBack(amiKey(SLUG, amiId), since, days * DAY);
  };

  /** What EC2 itself says. */
  const inEc2 = async ({ region, amiId }: AmiAnswer) => {
    const { Images = [] } = await ec2(region).send(new DescribeImagesCommand({ ImageIds: [amiId] }));
    return Images[0];
  };
  const stateOf = async (ami: AmiAnswer) => {
    const image = await inEc2(ami);
    if (image === undefined) return 'gone';
    return image.DeprecationTime === undefined ? image.State : `${image.State}, deprecated`;
  };

  /** Whether Image Builder still has the image of an AMI, its recipe, and the components of that. */
  const madeFor = async ({ region, imageArn }: AmiAnswer, components: readonly string[]) => {
    const builder = clients.imageBuilder(region);
    const imageRecipeArn = imageArn.replace(':image/', ':image-recipe/').replace(/\/\d+$/, '');
    const isThere = (asked: Promise<unknown>) => asked.then(() => true).catch(() => false);
    return Promise.all([
      isThere(builder.send(new GetImageCommand({ imageBuildVersionArn: imageArn }))),
      isThere(builder.send(new GetImageRecipeCommand({ imageRecipeArn }))),
      ...components.map((componentBuildVersionArn) =>
        isThere(builder.send(new GetComponentCommand({ componentBuildVersionArn }))),
      ),
    ]);
  };
  const componentsOf = async ({ region, imageArn }: AmiAnswer): Promise<string[]> => {
    const { image } = await clients
      .imageBuilder(region)
      .send(new GetImageCommand({ imageBuildVersionArn: imageArn }));
    return (image?.imageRecipe?.components ?? []).flatMap(({ componentArn }) => componentArn ?? []);
  };

  /** What one run did with the AMIs of this template. */
  const retire = async (): Promise<ImagesRetired> => {
    const done = (await invoke('retire-images', { tick: 1440 })) as ImagesRetired;
    const { images } = await client.call('images', { template: SLUG, all: true });
    const ours = new Set(images.map(({ amiId }) => amiId));
    const own = (amiIds: readonly string[]) => amiIds.filter((amiId) => ours.has(amiId)).sort();
    return {
      deprecated: own(done.deprecated),
      disabled: own(done.disabled),
      deregistered: own(done.deregistered),
    };
  };

  describe('AMIs that gave way to others', () => {
    const generations: AmiAnswer[][] = [];

    beforeAll(async () => {
      await apply('git');
      await invoke('check-base-images', { tick: 15 });
      await client.call('buildTemplate', { slug: SLUG, requestId: `request-of-${SLUG}`, reason: 'test' });
      generations.push(await untilPublished(client, SLUG, 2));
      for (const more of ['htop', 'jq']) {
        const before = new Set(generations.flat().map(({ amiId }) => amiId));
        await apply('git', more);
        generations.push(
          await until(
            () => publishedAmis(client, SLUG),
            (amis) => amis.length === 2 && amis.every(({ amiId }) => !before.has(amiId)),
            `AMIs with ${more}`,
          ),
        );
      }
      await client.call('changePolicy', { text: HASTY, file: 'policy.yaml', reason: 'test' });
      await daysPass(10);
    }, 240_000);

    afterAll(async () => {
      await client.call('changePolicy', { text: POLICY, file: 'policy.yaml', reason: 'test' });
    });

    test('leave step by step with all that served them: not what is used, not the one before, not the active one', async () => {
      const [first = [], previous = [], active = []] = generations;
      const [oldest, used] = [inRegion(first, HOME_REGION), inRegion(first, ELSEWHERE)];
      const components = await componentsOf(oldest);
      expect(components).toHaveLength(1);
      const [device] = (await inEc2(oldest))?.BlockDeviceMappings ?? [];
      const snapshots = [device?.Ebs?.SnapshotId ?? ''];
      await ec2(ELSEWHERE).send(new RunInstancesCommand({ ImageId: used.amiId, MinCount: 1, MaxCount: 1 }));

      expect(await retire()).toEqual({
        deprecated: [...first, ...previous].map(({ amiId }) => amiId).sort(),
        disabled: [],
        deregistered: [],
      });
      expect(await stateOf(oldest)).toBe('available, deprecated');
      await daysPass(2);
      expect(await retire()).toEqual({ deprecated: [], disabled: [oldest.amiId], deregistered: [] });
      expect(await stateOf(oldest)).toBe('disabled, deprecated');
      expect(await madeFor(oldest, components)).toEqual([true, true, true]);
      await daysPass(2);
      expect(await retire()).toEqual({ deprecated: [], disabled: [], deregistered: [oldest.amiId] });

      expect(await stateOf(oldest)).toBe('gone');
      await expect(
        ec2(HOME_REGION).send(new DescribeSnapshotsCommand({ SnapshotIds: snapshots })),
      ).rejects.toMatchObject({ name: 'InvalidSnapshot.NotFound' });
      expect(await madeFor(oldest, components)).toEqual([false, false, false]);
      expect(await madeFor(used, [])).toEqual([true, true]);
      expect(await Promise.all([used, ...previous].map(stateOf))).toEqual(
        Array(3).fill('available, deprecated'),
      );
      expect(await Promise.all(active.map(stateOf))).toEqual(['available', 'available']);
      const { images } = await client.call('images', { template: SLUG, all: true });
      expect(images.find(({ amiId }) => amiId === used.amiId)?.next?.because).toMatch(
        /^it is still used by instance i-/,
      );
      expect(await retire()).toEqual({ deprecated: [], disabled: [], deregistered: [] });
    });

    test('are offered again when a rollback returns to one', async () => {
      const [, previous = []] = generations;
      const { places } = await client.call('rollback', { slug: SLUG, reason: 'test' });
      expect(places.map(({ amiId, published }) => [amiId, published]).sort()).toEqual(
        previous.map(({ amiId }) => [amiId, true]).sort(),
      );
      expect(await Promise.all(previous.map(stateOf))).toEqual(['available', 'available']);
    });
  });
}
