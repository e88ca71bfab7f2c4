import { DescribeImagesCommand } from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { expect, inject, test } from 'vitest';
import { aSession, anAccount, clients } from './clients.ts';

async function call(path: string, init?: RequestInit): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${inject('localAws').endpoint}/_auto-ami/${path}`, init);
  return { status: response.status, answer: await response.json() };
}

const whoIs = (accessKeyId: string, sessionToken?: string) =>
  call(
    `principal?${new URLSearchParams({ accessKeyId, ...(sessionToken ? { sessionToken } : {}) }).toString()}`,
  );

const publish = (images: unknown) => call('images', { method: 'POST', body: JSON.stringify(images) });

const AL2023 = {
  imageId: 'ami-00ca32bbc84273381',
  ownerId: '137112412989',
  name: 'al2023-ami-2023.8.20250818.0-kernel-6.1-x86_64',
  architecture: 'x86_64',
  creationDate: '2025-08-15T01:07:33.000Z',
};

test('a session is told as its role, with the ARN that a refusal names', async () => {
  const { id, root } = anAccount();
  const session = await aSession(root, 'builder', [{ Action: 'sns:Publish', Resource: '*' }]);
  expect(await whoIs(session.accessKeyId, session.sessionToken)).toEqual({
    status: 200,
    answer: {
      account: id,
      kind: 'role',
      arn: `arn:aws:iam::${id}:role/builder`,
      callerArn: `arn:aws:sts::${id}:assumed-role/builder/test`,
    },
  });
  expect(await whoIs(session.accessKeyId)).toMatchObject({ status: 403, answer: { code: 'InvalidToken' } });
});

test('users and root are told as themselves, strangers are refused', async () => {
  const { id, root } = anAccount();
  const { iam } = clients(root);
  await iam.send(new CreateUserCommand({ UserName: 'ann' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
  const [user, rootArn] = [`arn:aws:iam::${id}:user/ann`, `arn:aws:iam::${id}:root`];
  expect((await whoIs(AccessKey!.AccessKeyId!)).answer).toEqual({
    account: id,
    kind: 'user',
    arn: user,
    callerArn: user,
  });
  expect((await whoIs(id)).answer).toEqual({ account: id, kind: 'root', arn: rootArn, callerArn: rootArn });
  expect((await whoIs('test')).answer).toMatchObject({ account: '000000000000', kind: 'root' });
  expect(await whoIs('AKIAIOSFODNN7EXAMPLE')).toMatchObject({
    status: 403,
    answer: { code: 'UnrecognizedClientException' },
  });
});

test('images of a vendor are visible in their region under their own id, owner and date', async () => {
  const { root } = anAccount();
  const { ownerId } = AL2023;
  const region = 'ap-northeast-2';
  const newer = {
    ...AL2023,
    imageId: 'ami-0000000000000000b',
    name: `${AL2023.name}-next`,
    creationDate: '2025-09-08T00:00:00.000Z',
  };
  expect(
    await publish([
      { ...AL2023, region },
      { ...newer, region },
    ]),
  ).toEqual({ status: 200, answer: { published: 2 } });
  const describe = new DescribeImagesCommand({
    Owners: [ownerId],
    Filters: [{ Name: 'name', Values: ['al2023-ami-2023.*'] }],
  });
  const { Images = [] } = await clients(root, region).ec2.send(describe);
  const seen = Images.map(({ ImageId, CreationDate, OwnerId, Public }) => ({
    ImageId,
    CreationDate,
    OwnerId,
    Public,
  }));
  expect(seen).toEqual(
    [AL2023, newer].map((image) => ({
      ImageId: image.imageId,
      CreationDate: image.creationDate,
      OwnerId: ownerId,
      Public: true,
    })),
  );
  expect((await clients(root, 'sa-east-1').ec2.send(describe)).Images).toEqual([]);
});

test('images that lack something are named, and none is published', async () => {
  const region = 'eu-south-1';
  expect(
    await publish([
      { ...AL2023, region },
      { imageId: 'ami-1', region },
    ]),
  ).toEqual({
    status: 400,
    answer: {
      message:
        'Nothing was published: image 2 lacks ownerId, image 2 lacks name, image 2 lacks architecture, image 2 lacks creationDate.',
    },
  });
  const { Images } = await clients(anAccount().root, region).ec2.send(new DescribeImagesCommand({}));
  expect(Images).toEqual([]);
  expect(await call('nonsense')).toMatchObject({ status: 404 });
});
