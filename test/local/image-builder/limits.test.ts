import {
  ListComponentBuildVersionsCommand,
  ListComponentsCommand,
  ListImagePackagesCommand,
  ListImageRecipesCommand,
  ListImagesCommand,
  paginateListComponents,
  paginateListImagePackages,
  TagResourceCommand,
  ListTagsForResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-imagebuilder';
import type { ListComponentsCommandInput } from '@aws-sdk/client-imagebuilder';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  aBuildRequest,
  aComponent,
  aDistribution,
  anInfrastructure,
  aRecipe,
  aStandIn,
  startBuild,
  watchBuild,
} from './standIn.ts';
import type { ImageBuilderOptions } from '../../../local/image-builder/startImageBuilder.ts';

const exceeded = { name: 'ServiceQuotaExceededException', $metadata: { httpStatusCode: 402 } };

describe('quotas', () => {
  const limited = async (quotas: ImageBuilderOptions['quotas'] & object) => {
    const { client } = await aStandIn({ quotas, timing: { timeScale: 0.1 } });
    return client();
  };

  test('components', async () => {
    const imageBuilder = await limited({ components: 1 });
    await aComponent(imageBuilder);
    await expect(aComponent(imageBuilder, { name: 'Second' })).rejects.toMatchObject(exceeded);
  });

  test('recipes, and components in one', async () => {
    const imageBuilder = await limited({ imageRecipes: 1 });
    const arns = await Promise.all(
      Array.from({ length: 21 }, (_each, at) => aComponent(imageBuilder, { name: `Tools ${at}` })),
    );
    const components = arns.map((componentArn) => ({ componentArn }));
    await expect(aRecipe(imageBuilder, { components })).rejects.toMatchObject(exceeded);
    await aRecipe(imageBuilder, { components: components.slice(1) });
    await expect(aRecipe(imageBuilder, { semanticVersion: '1.0.1' })).rejects.toMatchObject(exceeded);
  });

  test('infrastructure and distribution configurations', async () => {
    const imageBuilder = await limited({ infrastructureConfigurations: 1, distributionConfigurations: 1 });
    await anInfrastructure(imageBuilder);
    await expect(anInfrastructure(imageBuilder, { name: 'second' })).rejects.toMatchObject(exceeded);
    await aDistribution(imageBuilder);
    await expect(aDistribution(imageBuilder, { name: 'second' })).rejects.toMatchObject(exceeded);
  });

  test('SSM parameters per Region', async () => {
    const imageBuilder = await limited({});
    const ssmParameterConfigurations = Array.from({ length: 11 }, (_each, at) => ({
      parameterName: `/imagebuilder/${at}`,
    }));
    await expect(
      aDistribution(imageBuilder, { distributions: [{ region: 'us-east-1', ssmParameterConfigurations }] }),
    ).rejects.toMatchObject(exceeded);
  });

  test('concurrent builds: a place is free again when a build has ended', async () => {
    const imageBuilder = await limited({ concurrentBuilds: 2 });
    const request = await aBuildRequest(imageBuilder);
    const first = await startBuild(imageBuilder, request);
    await startBuild(imageBuilder, request);
    await expect(startBuild(imageBuilder, request)).rejects.toMatchObject(exceeded);
    await watchBuild(imageBuilder, first);
    await startBuild(imageBuilder, request);
  });

  test('the request rate, in each Region', async () => {
    const { client } = await aStandIn({ quotas: { requestBurst: 3, requestsPerSecond: 0.5 } });
    const list = (region: string) => client({ region }).send(new ListImagesCommand({}));
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => list('us-east-1')));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(list('us-east-1')).rejects.toMatchObject({
      name: 'CallRateLimitExceededException',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 429 },
    });
    await list('us-west-2');
  });
});

describe('lists', () => {
  test('come in pages of at most 25, and the SDK can walk through them', async () => {
    const { client } = await aStandIn();
    const imageBuilder = client();
    for (let at = 0; at < 30; at += 1) await aComponent(imageBuilder, { name: `Tools ${at}` });
    const first = await imageBuilder.send(new ListComponentsCommand({}));
    expect(first.componentVersionList).toHaveLength(25);
    const names: string[] = [];
    for await (const { componentVersionList = [] } of paginateListComponents(
      { client: imageBuilder, pageSize: 7 },
      {},
    )) {
      expect(componentVersionList.length).toBeLessThanOrEqual(7);
      names.push(...componentVersionList.map(({ name = '' }) => name));
    }
    expect(names).toEqual(Array.from({ length: 30 }, (_each, at) => `Tools ${at}`));
    await expect(
      imageBuilder.send(new ListComponentsCommand({ nextToken: first.nextToken, byName: true })),
    ).rejects.toMatchObject({ name: 'InvalidPaginationTokenException', $metadata: { httpStatusCode: 400 } });
    await expect(
      imageBuilder.send(new ListImageRecipesCommand({ nextToken: first.nextToken })),
    ).rejects.toMatchObject({
      name: 'InvalidPaginationTokenException',
    });
  });

  test('show one entry per version, or per name, and filter', async () => {
    const { client } = await aStandIn();
    const imageBuilder = client();
    await aComponent(imageBuilder);
    const data =
      'schemaVersion: 1.0\nphases:\n  - name: test\n    steps:\n      - name: A\n        action: Reboot\n';
    await aComponent(imageBuilder, { data });
    await aComponent(imageBuilder, { data, semanticVersion: '1.1.0' });
    await aComponent(imageBuilder, { data, name: 'Other', semanticVersion: '2.0.0', platform: 'Windows' });
    const list = async (input: ListComponentsCommandInput) =>
      (await imageBuilder.send(new ListComponentsCommand(input))).componentVersionList?.map(
        ({ arn }) => arn?.split('component/')[1],
      );
    expect(await list({ owner: 'Self' })).toEqual(['tools/1.0.0', 'tools/1.1.0', 'other/2.0.0']);
    expect(await list({ byName: true })).toEqual(['tools/1.1.0', 'other/2.0.0']);
    expect(await list({ filters: [{ name: 'version', values: ['1.x.x'] }] })).toEqual([
      'tools/1.0.0',
      'tools/1.1.0',
    ]);
    expect(
      await list({
        filters: [
          { name: 'platform', values: ['Windows'] },
          { name: 'name', values: ['Other'] },
        ],
      }),
    ).toEqual(['other/2.0.0']);
    expect(await list({ owner: 'Amazon', filters: [{ name: 'name', values: ['update-linux'] }] })).toEqual([
      'update-linux/1.0.2',
    ]);
    expect(await list({ owner: 'Shared' })).toEqual([]);
    const builds = await imageBuilder.send(
      new ListComponentBuildVersionsCommand({
        componentVersionArn: 'arn:aws:imagebuilder:us-east-1:111122223333:component/tools/1.0.0',
      }),
    );
    expect(builds.componentSummaryList?.map(({ arn }) => arn?.split('/').at(-1))).toEqual(['1', '2']);
  });

  test('of images are behind by their lag', async () => {
    const { client } = await aStandIn({ timing: { timeScale: 1, listLag: 150 } });
    const imageBuilder = client();
    await startBuild(imageBuilder, await aBuildRequest(imageBuilder));
    const list = async () =>
      (await imageBuilder.send(new ListImagesCommand({ filters: [{ name: 'name', values: ['python-ml'] }] })))
        .imageVersionList;
    expect(await list()).toEqual([]);
    await sleep(200);
    expect(await list()).toMatchObject([
      {
        arn: 'arn:aws:imagebuilder:us-east-1:111122223333:image/python-ml/1.0.0',
        version: '1.0.0',
        owner: '111122223333',
        type: 'AMI',
      },
    ]);
  });
});

describe('packages', () => {
  test('come from the parent and the documents, the same each time', async () => {
    const { client } = await aStandIn();
    const imageBuilder = client();
    const request = await aBuildRequest(imageBuilder);
    const all = async (arn: string) => {
      const found: string[] = [];
      for await (const { imagePackageList = [] } of paginateListImagePackages(
        { client: imageBuilder },
        { imageBuildVersionArn: arn },
      )) {
        expect(imagePackageList.length).toBeLessThanOrEqual(25);
        found.push(
          ...imagePackageList.map(
            ({ packageName = '', packageVersion = '' }) => `${packageName} ${packageVersion}`,
          ),
        );
      }
      return found;
    };
    const one = await startBuild(imageBuilder, request);
    const two = await startBuild(imageBuilder, request);
    expect(await all(one)).toEqual([]);
    await Promise.all([one, two].map((arn) => watchBuild(imageBuilder, arn)));
    const packages = await all(one);
    expect(packages.length).toBeGreaterThan(25);
    expect(packages.map((each) => each.split(' ')[0])).toEqual(
      expect.arrayContaining(['openssl', 'git', 'htop']),
    );
    expect(await all(two)).toEqual(packages);
    const bare = await startBuild(imageBuilder, { ...request, enhancedImageMetadataEnabled: false });
    await watchBuild(imageBuilder, bare);
    expect(await all(bare)).toEqual([]);
  });

  test('can be given by a hook', async () => {
    const { client } = await aStandIn({
      packagesOf: ({ parent, installed }) => [
        { packageName: parent.name, packageVersion: String(installed.length) },
      ],
    });
    const imageBuilder = client();
    const arn = await startBuild(imageBuilder, await aBuildRequest(imageBuilder));
    await watchBuild(imageBuilder, arn);
    const { imagePackageList } = await imageBuilder.send(
      new ListImagePackagesCommand({ imageBuildVersionArn: arn }),
    );
    expect(imagePackageList).toEqual([
      { packageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64', packageVersion: '2' },
    ]);
  });
});

test('every kind of resource can be tagged, up to fifty tags', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const request = await aBuildRequest(imageBuilder);
  const arns = [
    ...Object.values(request),
    await aDistribution(imageBuilder),
    await aComponent(imageBuilder, { name: 'Tagged' }),
    await startBuild(imageBuilder, { ...request, tags: { a: '1' } }),
  ];
  for (const resourceArn of arns) {
    await imageBuilder.send(new TagResourceCommand({ resourceArn, tags: { a: '2', 'b/c': 'x y' } }));
    await imageBuilder.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'none'] }));
    const { tags } = await imageBuilder.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ 'b/c': 'x y' });
  }
  const [resourceArn = ''] = arns;
  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_each, at) => [`key${at}`, 'x']));
  await expect(imageBuilder.send(new TagResourceCommand({ resourceArn, tags: fifty }))).rejects.toMatchObject(
    {
      name: 'InvalidParameterException',
    },
  );
});
