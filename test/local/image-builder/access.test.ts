import {
  CreateComponentCommand,
  GetImageCommand,
  ListImagesCommand,
  TagResourceCommand,
  UpdateInfrastructureConfigurationCommand,
} from '@aws-sdk/client-imagebuilder';
import type { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, aParent, PROFILE, PROFILE_ROLE, REGION } from './fakeSides.ts';
import type { FakeAws } from './fakeSides.ts';
import {
  aBuildRequest,
  controlAnswer,
  aComponent,
  aDistribution,
  anInfrastructure,
  aRecipe,
  aStandIn,
  DOCUMENT,
  startBuild,
} from './standIn.ts';

const BASE = `arn:aws:imagebuilder:${REGION}:${ACCOUNT}`;
const SERVICE_LINKED_ROLE = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder`;

const asked = ({ checks }: FakeAws): string[] =>
  checks.map(({ action, resource }) => `${action} ${resource}`);

describe('who calls', () => {
  test.each([
    ['nobody', {}, 403, 'MissingAuthenticationTokenException'],
    [
      'a broken header',
      { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/imagebuilder/aws4_request' },
      403,
      'IncompleteSignatureException',
    ],
    [
      'a broken scope',
      { authorization: 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=0' },
      403,
      'IncompleteSignatureException',
    ],
    [
      'a signature for another service',
      {
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0',
      },
      403,
      'InvalidSignatureException',
    ],
  ])('%s is refused', async (_who, headers, status, code) => {
    const { server } = await aStandIn();
    const answer = await fetch(`${server.url}/ListImages`, { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-amzn-errortype')).toBe(code);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('an unknown key is refused', async () => {
    const { client } = await aStandIn();
    await expect(client({ key: 'WRONG' }).send(new ListImagesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  test('an operation that does not exist is not found, a body that is no JSON not read', async () => {
    const { server } = await aStandIn();
    const authorization =
      'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/imagebuilder/aws4_request, SignedHeaders=host, Signature=0';
    const put = (path: string, body: string) =>
      fetch(`${server.url}${path}`, { method: 'PUT', headers: { authorization }, body });
    expect((await put('/UpdateImageRecipe', '{}')).headers.get('x-amzn-errortype')).toBe(
      'UnknownOperationException',
    );
    expect((await put('/CreateImage', '{')).headers.get('x-amzn-errortype')).toBe('InvalidRequestException');
    expect((await put('/CreateImage', '[]')).headers.get('x-amzn-errortype')).toBe('InvalidRequestException');
  });
});

describe('what IAM is asked', () => {
  test.each<[string, (client: ImagebuilderClient) => Promise<unknown>, readonly string[]]>([
    [
      'CreateComponent with tags',
      (client) => aComponent(client, { name: 'New', tags: { template: 'x' } }),
      [
        `imagebuilder:CreateComponent ${BASE}:component/new/1.0.0/1`,
        `imagebuilder:TagResource ${BASE}:component/new/1.0.0/1`,
      ],
    ],
    [
      'CreateComponent from S3 with a key',
      (client) =>
        client
          .send(
            new CreateComponentCommand({
              ...{ name: 'New', semanticVersion: '1.0.0', platform: 'Linux', uri: 's3://documents/a.yaml' },
              kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1',
            }),
          )
          .catch(() => undefined),
      [
        `imagebuilder:CreateComponent ${BASE}:component/new/1.0.0/1`,
        's3:GetObject arn:aws:s3:::documents/a.yaml',
        's3:ListBucket arn:aws:s3:::documents',
        'kms:Encrypt arn:aws:kms:us-east-1:111122223333:key/1',
        'kms:GenerateDataKey arn:aws:kms:us-east-1:111122223333:key/1',
        'kms:GenerateDataKeyWithoutPlaintext arn:aws:kms:us-east-1:111122223333:key/1',
      ],
    ],
    [
      'CreateImageRecipe',
      (client) =>
        aRecipe(client, { name: 'new', components: [{ componentArn: `${BASE}:component/tools/1.0.0/1` }] }),
      [
        `imagebuilder:CreateImageRecipe ${BASE}:image-recipe/new/1.0.0`,
        `imagebuilder:GetComponent ${BASE}:component/tools/1.0.0/1`,
        'ec2:DescribeImages *',
      ],
    ],
    [
      'CreateImageRecipe from a public parameter',
      (client) => aRecipe(client, { name: 'new', parentImage: 'ssm:/aws/service/al2023' }),
      [
        `imagebuilder:CreateImageRecipe ${BASE}:image-recipe/new/1.0.0`,
        'ssm:GetParameter arn:aws:ssm:us-east-1::parameter/aws/service/al2023',
        'ec2:DescribeImages *',
      ],
    ],
    [
      'CreateInfrastructureConfiguration',
      (client) =>
        anInfrastructure(client, { name: 'new', snsTopicArn: 'arn:aws:sns:us-east-1:111122223333:builds' }),
      [
        `imagebuilder:CreateInfrastructureConfiguration ${BASE}:infrastructure-configuration/new`,
        `iam:GetInstanceProfile arn:aws:iam::${ACCOUNT}:instance-profile/${PROFILE}`,
        `iam:PassRole ${PROFILE_ROLE}`,
        'sns:Publish arn:aws:sns:us-east-1:111122223333:builds',
      ],
    ],
    [
      'CreateDistributionConfiguration with a parameter',
      (client) =>
        aDistribution(client, {
          name: 'new',
          distributions: [
            { region: 'eu-west-1', ssmParameterConfigurations: [{ parameterName: '/imagebuilder/x' }] },
          ],
        }),
      [
        `imagebuilder:CreateDistributionConfiguration ${BASE}:distribution-configuration/new`,
        `ssm:GetParameter arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/imagebuilder/x`,
      ],
    ],
    [
      'CreateImage',
      (client) =>
        startBuild(client, {
          imageRecipeArn: `${BASE}:image-recipe/python-ml/1.0.0`,
          infrastructureConfigurationArn: `${BASE}:infrastructure-configuration/builders`,
          distributionConfigurationArn: `${BASE}:distribution-configuration/everywhere`,
          executionRole: 'publisher',
          tags: { template: 'x' },
        }),
      [
        `imagebuilder:CreateImage ${BASE}:image/python-ml/1.0.0/1`,
        `imagebuilder:TagResource ${BASE}:image/python-ml/1.0.0/1`,
        `imagebuilder:GetImageRecipe ${BASE}:image-recipe/python-ml/1.0.0`,
        `imagebuilder:GetInfrastructureConfiguration ${BASE}:infrastructure-configuration/builders`,
        `imagebuilder:GetDistributionConfiguration ${BASE}:distribution-configuration/everywhere`,
        `iam:CreateServiceLinkedRole ${SERVICE_LINKED_ROLE}`,
        `iam:PassRole arn:aws:iam::${ACCOUNT}:role/publisher`,
      ],
    ],
    [
      'ListImages',
      (client) => client.send(new ListImagesCommand({})),
      [`imagebuilder:ListImages ${BASE}:image/*`],
    ],
  ])('for %s', async (_what, send, expected) => {
    const { client, aws } = await aStandIn();
    aws.parameters.set('/aws/service/al2023', aParent().imageId);
    const root = client();
    await aBuildRequest(root);
    await aDistribution(root);
    await send(client({ key: 'LIMITED' }));
    expect(asked(aws)).toEqual(expected);
  });

  test('with the condition keys AWS gives', async () => {
    const { client, aws } = await aStandIn();
    const limited = client({ key: 'LIMITED' });
    const tags = { template: 'python-ml', grant: 'nsf' };
    const infrastructureConfigurationArn = await anInfrastructure(limited, {
      ...{ tags, resourceTags: { owner: 'me' } },
      instanceMetadataOptions: { httpTokens: 'required' },
    });
    const context = (action: string) => aws.checks.findLast((check) => check.action === action)?.context;
    expect(context('imagebuilder:CreateInfrastructureConfiguration')).toEqual({
      'aws:RequestTag/template': 'python-ml',
      'aws:RequestTag/grant': 'nsf',
      'aws:TagKeys': ['template', 'grant'],
      'imagebuilder:CreatedResourceTag/owner': 'me',
      'imagebuilder:CreatedResourceTagKeys': ['owner'],
      'imagebuilder:Ec2MetadataHttpTokens': 'required',
    });
    expect(context('iam:PassRole')).toEqual({ 'iam:PassedToService': 'ec2.amazonaws.com' });
    await limited.send(
      new UpdateInfrastructureConfigurationCommand({
        infrastructureConfigurationArn,
        instanceProfileName: PROFILE,
      }),
    );
    expect(context('imagebuilder:UpdateInfrastructureConfiguration')).toEqual({
      'aws:ResourceTag/template': 'python-ml',
      'aws:ResourceTag/grant': 'nsf',
    });
    await limited.send(
      new TagResourceCommand({ resourceArn: infrastructureConfigurationArn, tags: { grant: 'nih' } }),
    );
    expect(context('imagebuilder:TagResource')).toEqual({
      'aws:ResourceTag/template': 'python-ml',
      'aws:ResourceTag/grant': 'nsf',
      'aws:RequestTag/grant': 'nih',
      'aws:TagKeys': ['grant'],
    });
  });

  test('only once for the same question in a short time, and never for the root', async () => {
    const { client, aws } = await aStandIn();
    const limited = client({ key: 'LIMITED' });
    await limited.send(new ListImagesCommand({}));
    await limited.send(new ListImagesCommand({}));
    await client().send(new ListImagesCommand({}));
    expect(aws.checks).toHaveLength(1);
  });
});

describe('what IAM denies', () => {
  const CALLER = `arn:aws:sts::${ACCOUNT}:assumed-role/compile/session`;

  test.each([
    ['imagebuilder:CreateImage', `${BASE}:image/python-ml/1.0.0/1`],
    ['imagebuilder:GetImageRecipe', `${BASE}:image-recipe/python-ml/1.0.0`],
    ['imagebuilder:GetInfrastructureConfiguration', `${BASE}:infrastructure-configuration/builders`],
    ['iam:CreateServiceLinkedRole', SERVICE_LINKED_ROLE],
  ])('%s: the image is not created, in the words of AWS', async (action, resource) => {
    const { client, aws, server } = await aStandIn();
    const request = await aBuildRequest(client());
    aws.denied.set(action, 'implicitDeny');
    await expect(startBuild(client({ key: 'LIMITED' }), request)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${CALLER} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
      $metadata: { httpStatusCode: 403 },
    });
    const state = JSON.parse(await controlAnswer(server, 'state'));
    expect(state.places[0].images).toEqual([]);
    expect(state.errors).toEqual({ AccessDeniedException: 1 });
  });

  test('passing the role of the instance profile', async () => {
    const { client, aws } = await aStandIn();
    aws.denied.set('iam:PassRole', 'explicitDeny');
    await expect(anInfrastructure(client({ key: 'LIMITED' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${CALLER} is not authorized to perform: iam:PassRole on resource: ${PROFILE_ROLE} with an explicit deny in an identity-based policy`,
    });
  });

  test('tagging, if there are tags, and reading', async () => {
    const { client, aws } = await aStandIn();
    const limited = client({ key: 'LIMITED' });
    aws.denied.set('imagebuilder:TagResource', 'implicitDeny');
    aws.denied.set('imagebuilder:GetImage', 'implicitDeny');
    const denied = { name: 'AccessDeniedException' };
    await aComponent(limited, { data: DOCUMENT });
    await expect(aComponent(limited, { name: 'Other', tags: { a: 'b' } })).rejects.toMatchObject(denied);
    await expect(
      limited.send(new GetImageCommand({ imageBuildVersionArn: `${BASE}:image/none/1.0.0/1` })),
    ).rejects.toMatchObject(denied);
  });
});
