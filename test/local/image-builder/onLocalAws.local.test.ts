import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DescribeImagesCommand, DescribeSnapshotsCommand, RegisterImageCommand } from '@aws-sdk/client-ec2';
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from '@aws-sdk/client-iam';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { OPERATIONS } from '../../../local/image-builder/operations/table.ts';
import { startImageBuilder } from '../../../local/image-builder/startImageBuilder.ts';
import type { ImageBuilder } from '../../../local/image-builder/startImageBuilder.ts';
import { anAccount, aRole, aSession, clients, listen } from '../aws/clients.ts';
import type { Credentials } from '../aws/clients.ts';
import { aComponent, aDistribution, anInfrastructure, aRecipe, startBuild, watchBuild } from './standIn.ts';

const REGION = 'us-east-1';
let server: ImageBuilder;
beforeAll(async () => {
  server = await startImageBuilder({ endpoint: inject('localAws').endpoint, timing: { timeScale: 0.1 } });
});
afterAll(() => server.stop());

const imageBuilderOf = (credentials: Credentials, region = REGION): ImagebuilderClient =>
  new ImagebuilderClient({ endpoint: server.url, region, credentials, maxAttempts: 1 });

/** An account with a base image in us-east-1 and an instance profile. */
async function aPreparedAccount() {
  const account = anAccount();
  const { ec2, iam } = clients(account.root);
  const { ImageId: parentImage = '' } = await ec2.send(
    new RegisterImageCommand({
      Name: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
      Architecture: 'x86_64',
      VirtualizationType: 'hvm',
    }),
  );
  const roleArn = await aRole(account.root, 'builder', [{ Action: 'ssm:*', Resource: '*' }]);
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'builder' }));
  await iam.send(
    new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'builder', RoleName: 'builder' }),
  );
  return { ...account, parentImage, roleArn };
}

test('every answer is one that botocore expects', async () => {
  const { id, parentImage } = await aPreparedAccount();
  const script = join(import.meta.dirname, 'conformance.py');
  const { stdout } = await promisify(execFile)(inject('localAws').python, [
    script,
    server.url,
    id,
    parentImage,
    'builder',
  ]);
  const report = JSON.parse(stdout) as {
    readonly answers: Record<string, number>;
    readonly violations: readonly string[];
  };
  expect(report.violations).toEqual([]);
  expect(Object.keys(report.answers).sort()).toEqual(OPERATIONS.map(({ name }) => name).sort());
});

test('a build leaves an AMI with its snapshot in each region, and its events on the buses', async () => {
  const { root, parentImage } = await aPreparedAccount();
  const imageBuilder = imageBuilderOf(root);
  const [here, there] = await Promise.all([
    listen(root, { source: ['aws.imagebuilder'] }),
    listen(root, { source: ['aws.ec2'] }, 'us-west-2'),
  ]);
  const componentArn = await aComponent(imageBuilder);
  const imageRecipeArn = await aRecipe(imageBuilder, { parentImage, components: [{ componentArn }] });
  const infrastructureConfigurationArn = await anInfrastructure(imageBuilder, {
    instanceProfileName: 'builder',
  });
  const distributionConfigurationArn = await aDistribution(imageBuilder, {
    distributions: [REGION, 'us-west-2'].map((region) => ({
      region,
      amiDistributionConfiguration: {
        name: 'python-ml {{ imagebuilder:buildDate }}',
        amiTags: { template: 'python-ml' },
        launchPermission: { userIds: ['444455556666'] },
      },
      ssmParameterConfigurations: [{ parameterName: '/imagebuilder/python-ml', dataType: 'text' as const }],
    })),
  });
  const arn = await startBuild(imageBuilder, {
    imageRecipeArn,
    infrastructureConfigurationArn,
    distributionConfigurationArn,
  });
  const { image } = await watchBuild(imageBuilder, arn);
  expect(image.state).toEqual({ status: 'AVAILABLE' });
  for (const { region = '', image: imageId = '', name } of image.outputResources?.amis ?? []) {
    const { ec2, ssm } = clients(root, region);
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds: [imageId] }));
    expect(Images[0]).toMatchObject({
      Name: name,
      Architecture: 'x86_64',
      RootDeviceName: '/dev/xvda',
      State: 'available',
    });
    expect(Object.fromEntries(Images[0]?.Tags?.map(({ Key = '', Value }) => [Key, Value]) ?? [])).toEqual({
      template: 'python-ml',
      CreatedBy: 'EC2 Image Builder',
      Ec2ImageBuilderArn: arn,
    });
    const snapshot = Images[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? '';
    const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [snapshot] }));
    expect(Snapshots[0]?.Tags).toContainEqual({ Key: 'Ec2ImageBuilderArn', Value: arn });
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/imagebuilder/python-ml' }));
    expect(Parameter?.Value).toBe(imageId);
  }
  expect(image.outputResources?.amis).toHaveLength(2);
  const heard = [];
  for (let event = await here.next(); event !== undefined; event = await here.next(1)) heard.push(event);
  expect(heard[0]).toMatchObject({
    'detail-type': 'EC2 Image Builder Image State Change',
    source: 'aws.imagebuilder',
    account: root.accessKeyId,
    region: REGION,
    resources: [arn],
    detail: { 'previous-state': { status: 'CREATING' }, state: { status: 'BUILDING' } },
  });
  expect(heard.map(({ detail }) => (detail.state as { status: string }).status)).toEqual([
    'BUILDING',
    'TESTING',
    'DISTRIBUTING',
    'INTEGRATING',
    'AVAILABLE',
  ]);
  expect(await there.next()).toMatchObject({
    'detail-type': 'EC2 AMI State Change',
    region: 'us-west-2',
    detail: { State: 'available' },
  });
});

test('a parent image must be in the region of the call, an instance profile in the account', async () => {
  const { root, parentImage } = await aPreparedAccount();
  await aRecipe(imageBuilderOf(root), { parentImage });
  await expect(aRecipe(imageBuilderOf(root, 'us-west-2'), { parentImage })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  await expect(
    anInfrastructure(imageBuilderOf(root), { instanceProfileName: 'other' }),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  await clients(root).ssm.send(
    new PutParameterCommand({ Name: '/golden/base', Value: parentImage, Type: 'String' }),
  );
  await aRecipe(imageBuilderOf(root), { name: 'golden', parentImage: 'ssm:/golden/base' });
});

test('a role may do what its policies allow, and no more', async () => {
  const { id, root, parentImage, roleArn } = await aPreparedAccount();
  const own = (kind: string): string => `arn:aws:imagebuilder:${REGION}:${id}:${kind}/auto-ami-*`;
  const passRole = (service: string) => ({
    Action: 'iam:PassRole',
    Resource: roleArn,
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  });
  const allowed = [
    { Action: ['imagebuilder:CreateComponent', 'imagebuilder:GetComponent'], Resource: own('component') },
    {
      Action: ['imagebuilder:CreateImageRecipe', 'imagebuilder:GetImageRecipe'],
      Resource: own('image-recipe'),
    },
    {
      Action: [
        'imagebuilder:CreateInfrastructureConfiguration',
        'imagebuilder:GetInfrastructureConfiguration',
      ],
      Resource: own('infrastructure-configuration'),
    },
    {
      Action: 'imagebuilder:CreateImage',
      Resource: own('image'),
      Condition: { StringLike: { 'aws:RequestTag/template': '?*' } },
    },
    { Action: 'imagebuilder:TagResource', Resource: own('image') },
    { Action: 'iam:GetInstanceProfile', Resource: `arn:aws:iam::${id}:instance-profile/builder` },
    { Action: 'ec2:DescribeImages', Resource: '*' },
  ];
  const session = async (name: string, more: Parameters<typeof aRole>[2]) =>
    imageBuilderOf(await aSession(root, name, [...allowed, ...more]));
  const careless = await session('careless', [passRole('imagebuilder.amazonaws.com')]);
  const componentArn = await aComponent(careless, { name: 'auto-ami-tools' });
  await expect(aComponent(careless, { name: 'other' })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: arn:aws:sts::${id}:assumed-role/careless/test is not authorized to perform: imagebuilder:CreateComponent on resource: arn:aws:imagebuilder:${REGION}:${id}:component/other/1.0.0/1 because no identity-based policy allows the imagebuilder:CreateComponent action`,
  });
  const imageRecipeArn = await aRecipe(careless, {
    name: 'auto-ami-python',
    parentImage,
    components: [{ componentArn }],
  });
  const infrastructure = { name: 'auto-ami-builders', instanceProfileName: 'builder' };
  await expect(anInfrastructure(careless, infrastructure)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`iam:PassRole on resource: ${roleArn}`),
  });
  const careful = await session('careful', [
    passRole('ec2.amazonaws.com'),
    {
      Action: 'iam:CreateServiceLinkedRole',
      Resource: '*',
      Condition: { StringEquals: { 'iam:AWSServiceName': 'imagebuilder.amazonaws.com' } },
    },
  ]);
  const infrastructureConfigurationArn = await anInfrastructure(careful, infrastructure);
  const request = { imageRecipeArn, infrastructureConfigurationArn };
  await expect(startBuild(careful, request)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const arn = await startBuild(careful, { ...request, tags: { template: 'python' } });
  expect(arn).toBe(`arn:aws:imagebuilder:${REGION}:${id}:image/auto-ami-python/1.0.0/1`);
});

test('a key that is nobody`s, or without its session token, is refused', async () => {
  const { root } = await aPreparedAccount();
  const { accessKeyId, secretAccessKey } = await aSession(root, 'forgetful', [
    { Action: 'imagebuilder:*', Resource: '*' },
  ]);
  await expect(aComponent(imageBuilderOf({ accessKeyId, secretAccessKey }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  });
  await expect(
    aComponent(imageBuilderOf({ accessKeyId: 'AKIANOBODY', secretAccessKey })),
  ).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
  });
});
