import {
  CancelImageCreationCommand,
  DeleteImageCommand,
  GetImageCommand,
} from '@aws-sdk/client-imagebuilder';
import { expect, test } from 'vitest';
import { ACCOUNT, aParent, REGION } from './fakeSides.ts';
import {
  aBuildRequest,
  aDistribution,
  anInfrastructure,
  aStandIn,
  eventually,
  getImage,
  startBuild,
  watchBuild,
} from './standIn.ts';
import type { FakeAws } from './fakeSides.ts';

const statusesSent = ({ events }: FakeAws, arn: string): string[] =>
  events
    .filter(({ event }) => event.resources[0] === arn)
    .map(({ event }) => {
      const { 'previous-state': before, state } = event.detail as Record<string, { status: string }>;
      return `${before?.status ?? ''}>${state?.status ?? ''}`;
    });

test('an image goes through the statuses in order, and EventBridge hears of those it hears of on AWS', async () => {
  const waiting: (() => void)[] = [];
  const wait = () => new Promise<void>((resolve) => waiting.push(resolve));
  const { client, aws } = await aStandIn({ wait });
  const imageBuilder = client();
  const arn = await startBuild(imageBuilder, await aBuildRequest(imageBuilder));
  expect(arn).toBe(`arn:aws:imagebuilder:${REGION}:${ACCOUNT}:image/python-ml/1.0.0/1`);
  for (const status of ['PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING']) {
    await eventually(() => waiting.length > 0);
    expect((await getImage(imageBuilder, arn)).state?.status).toBe(status);
    waiting.pop()?.();
  }
  expect((await watchBuild(imageBuilder, arn)).seen.at(-1)).toBe('AVAILABLE');
  await eventually(() => statusesSent(aws, arn).length === 4);
  expect(statusesSent(aws, arn)).toEqual([
    'CREATING>BUILDING',
    'BUILDING>TESTING',
    'TESTING>DISTRIBUTING',
    'DISTRIBUTING>AVAILABLE',
  ]);
  expect(aws.events[0]).toEqual({
    place: { account: ACCOUNT, region: REGION },
    event: {
      source: 'aws.imagebuilder',
      detailType: 'EC2 Image Builder Image State Change',
      resources: [arn],
      detail: { 'previous-state': { status: 'CREATING' }, state: { status: 'BUILDING' } },
    },
  });
});

test('without tests there is no TESTING', async () => {
  const { client, aws } = await aStandIn();
  const imageBuilder = client();
  const arn = await startBuild(imageBuilder, {
    ...(await aBuildRequest(imageBuilder)),
    imageTestsConfiguration: { imageTestsEnabled: false },
  });
  await watchBuild(imageBuilder, arn);
  await eventually(() => statusesSent(aws, arn).length === 3);
  expect(statusesSent(aws, arn)).toEqual([
    'CREATING>BUILDING',
    'BUILDING>DISTRIBUTING',
    'DISTRIBUTING>AVAILABLE',
  ]);
});

test('the AMI is made in every region of the distribution, tagged, named, and announced by EC2 there', async () => {
  const { client, aws } = await aStandIn();
  const imageBuilder = client();
  const distributionConfigurationArn = await aDistribution(imageBuilder, {
    distributions: [REGION, 'eu-west-1'].map((region) => ({
      region,
      amiDistributionConfiguration: {
        name: 'python-ml {{ imagebuilder:buildDate }}',
        description: 'Python for machine learning',
        amiTags: { template: 'python-ml' },
        launchPermission: { userIds: ['444455556666'] },
      },
    })),
  });
  const request = await aBuildRequest(imageBuilder);
  const arn = await startBuild(imageBuilder, { ...request, distributionConfigurationArn });
  const { image } = await watchBuild(imageBuilder, arn);
  expect(aws.amis.map(({ place }) => place.region).sort()).toEqual(['eu-west-1', REGION]);
  expect(aws.amis[0]?.ami).toMatchObject({
    name: expect.stringMatching(/^python-ml \d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/),
    description: 'Python for machine learning',
    architecture: 'x86_64',
    rootDeviceName: '/dev/xvda',
    tags: { template: 'python-ml', CreatedBy: 'EC2 Image Builder', Ec2ImageBuilderArn: arn },
    snapshotTags: { CreatedBy: 'EC2 Image Builder' },
    sharedWith: ['444455556666'],
  });
  expect(image.outputResources?.amis).toEqual(
    [REGION, 'eu-west-1'].map((region) => {
      const made = aws.amis.find(({ place }) => place.region === region)!;
      return {
        region,
        image: made.imageId,
        name: made.ami.name,
        description: made.ami.description,
        accountId: ACCOUNT,
      };
    }),
  );
  const announced = aws.events.filter(({ event }) => event.detailType === 'EC2 AMI State Change');
  expect(announced).toHaveLength(2);
  expect(announced.find(({ place }) => place.region === 'eu-west-1')?.event).toMatchObject({
    source: 'aws.ec2',
    resources: [`arn:aws:ec2:eu-west-1::image/${image.outputResources?.amis?.[1]?.image ?? ''}`],
    detail: { State: 'available', ErrorMessage: '' },
  });
});

test('parameters named by the distribution are written while INTEGRATING', async () => {
  const { client, aws } = await aStandIn();
  const imageBuilder = client();
  const distributionConfigurationArn = await aDistribution(imageBuilder, {
    distributions: [
      { region: REGION, ssmParameterConfigurations: [{ parameterName: '/imagebuilder/python-ml' }] },
    ],
  });
  const request = await aBuildRequest(imageBuilder);
  const arn = await startBuild(imageBuilder, { ...request, distributionConfigurationArn });
  const { image } = await watchBuild(imageBuilder, arn);
  await eventually(() => statusesSent(aws, arn).length === 5);
  expect(statusesSent(aws, arn).slice(-2)).toEqual(['DISTRIBUTING>INTEGRATING', 'INTEGRATING>AVAILABLE']);
  expect(aws.parameters.get(`${REGION}/imagebuilder/python-ml`)).toBe(
    image.outputResources?.amis?.[0]?.image,
  );
});

test('a parameter outside /imagebuilder/ needs an execution role', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const distributionConfigurationArn = await aDistribution(imageBuilder, {
    distributions: [{ region: REGION, ssmParameterConfigurations: [{ parameterName: '/mine/python-ml' }] }],
  });
  const request = { ...(await aBuildRequest(imageBuilder)), distributionConfigurationArn };
  const refused = await watchBuild(imageBuilder, await startBuild(imageBuilder, request));
  expect(refused.image.state?.status).toBe('FAILED');
  expect(refused.image.state?.reason).toContain('is not authorized to perform: ssm:PutParameter');
  const allowed = await watchBuild(
    imageBuilder,
    await startBuild(imageBuilder, { ...request, executionRole: 'publisher' }),
  );
  expect(allowed.image.state?.status).toBe('AVAILABLE');
});

test('builds of one recipe version are numbered', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const request = await aBuildRequest(imageBuilder);
  const arns = [await startBuild(imageBuilder, request), await startBuild(imageBuilder, request)];
  expect(arns.map((arn) => arn.split('/').slice(-2).join('/'))).toEqual(['1.0.0/1', '1.0.0/2']);
  await Promise.all(arns.map((arn) => watchBuild(imageBuilder, arn)));
  const { image } = await imageBuilder.send(
    new GetImageCommand({
      imageBuildVersionArn: `arn:aws:imagebuilder:${REGION}:${ACCOUNT}:image/python-ml/1.x.x`,
    }),
  );
  expect(image?.version).toBe('1.0.0/2');
  expect(image?.osVersion).toBe('Amazon Linux 2023');
});

test('a build can be cancelled until it has ended, and its image deleted only then', async () => {
  const { client, aws } = await aStandIn({ timing: { timeScale: 0.3 } });
  const imageBuilder = client();
  const arn = await startBuild(imageBuilder, await aBuildRequest(imageBuilder));
  await eventually(() => statusesSent(aws, arn).length === 1);
  await expect(
    imageBuilder.send(new DeleteImageCommand({ imageBuildVersionArn: arn })),
  ).rejects.toMatchObject({
    name: 'ResourceDependencyException',
  });
  await imageBuilder.send(new CancelImageCreationCommand({ imageBuildVersionArn: arn }));
  expect((await getImage(imageBuilder, arn)).state?.status).toBe('BUILDING');
  const { image } = await watchBuild(imageBuilder, arn);
  expect(image.state?.status).toBe('CANCELLED');
  await eventually(() => statusesSent(aws, arn).length === 2);
  expect(statusesSent(aws, arn)).toEqual(['CREATING>BUILDING', 'BUILDING>CANCELLED']);
  expect(aws.amis).toEqual([]);
  await expect(
    imageBuilder.send(new CancelImageCreationCommand({ imageBuildVersionArn: arn })),
  ).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  await imageBuilder.send(new DeleteImageCommand({ imageBuildVersionArn: arn }));
  await expect(getImage(imageBuilder, arn)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 404 },
  });
});

test.each([
  [['t4g.medium'], 'FAILED'],
  [['t3.medium'], 'AVAILABLE'],
  [['c7gn.large', 'g4dn.xlarge'], 'AVAILABLE'],
  [undefined, 'AVAILABLE'],
] as const)('an x86_64 parent on instance types %j ends %s', async (instanceTypes, status) => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const { imageRecipeArn } = await aBuildRequest(imageBuilder);
  const infrastructureConfigurationArn = await anInfrastructure(imageBuilder, {
    name: 'chosen',
    ...(instanceTypes === undefined ? {} : { instanceTypes: [...instanceTypes] }),
  });
  const { image } = await watchBuild(
    imageBuilder,
    await startBuild(imageBuilder, { imageRecipeArn, infrastructureConfigurationArn }),
  );
  expect(image.state?.status).toBe(status);
  if (status === 'FAILED') expect(image.state?.reason).toContain(`does not match the architecture 'x86_64'`);
});

test('a parent that went away fails the build, with the reason', async () => {
  const { client, aws } = await aStandIn();
  const imageBuilder = client();
  const request = await aBuildRequest(imageBuilder);
  aws.parents.clear();
  const { image } = await watchBuild(imageBuilder, await startBuild(imageBuilder, request));
  expect(image.state?.status).toBe('FAILED');
  expect(image.state?.reason).toMatch(/^Workflow Execution ID: 'wf-[0-9a-f-]{36}' failed with reason: /);
  expect(image.state?.reason).toContain(aParent().imageId);
});

test('an AMI name that is taken fails the distribution, with what EC2 said', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const distributionConfigurationArn = await aDistribution(imageBuilder, {
    distributions: [{ region: REGION, amiDistributionConfiguration: { name: 'always-the-same' } }],
  });
  const request = { ...(await aBuildRequest(imageBuilder)), distributionConfigurationArn };
  expect((await watchBuild(imageBuilder, await startBuild(imageBuilder, request))).image.state?.status).toBe(
    'AVAILABLE',
  );
  const { image } = await watchBuild(imageBuilder, await startBuild(imageBuilder, request));
  expect(image.state?.status).toBe('FAILED');
  expect(image.state?.reason).toContain('AMI name always-the-same is already in use by another AMI');
});

test('an event that EventBridge refuses stops nothing and is reported', async () => {
  const { client, aws, problems } = await aStandIn();
  const imageBuilder = client();
  const request = await aBuildRequest(imageBuilder);
  Object.assign(aws.sides.bus, { put: async () => Promise.reject(new Error('bus is down')) });
  const { image } = await watchBuild(imageBuilder, await startBuild(imageBuilder, request));
  expect(image.state?.status).toBe('AVAILABLE');
  await eventually(() => problems.length >= 5);
  expect(problems.join('\n')).toContain('bus is down');
});

test('a hundred images build at once in this process', async () => {
  const { client, aws } = await aStandIn({
    timing: { timeScale: 0.05 },
  });
  const imageBuilder = client();
  const request = await aBuildRequest(imageBuilder);
  const arns = await Promise.all(Array.from({ length: 100 }, () => startBuild(imageBuilder, request)));
  expect(new Set(arns).size).toBe(100);
  await eventually(() => aws.amis.length > 0);
  const images = await Promise.all(arns.map((arn) => watchBuild(imageBuilder, arn)));
  expect(images.map(({ image }) => image.state?.status)).toEqual(arns.map(() => 'AVAILABLE'));
});
