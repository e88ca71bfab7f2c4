import { RegisterImageCommand } from '@aws-sdk/client-ec2';
import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  GetParameterCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { aSession, anAccount, clients, listen, type Credentials } from './clients.ts';

const PUBLIC = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const CHANGES = { source: ['aws.ssm'], 'detail-type': ['Parameter Store Change'] };
const MISSING_IMAGE = 'ami-0123456789abcdef0';

async function registerImage(root: Credentials, region = 'us-east-1'): Promise<string> {
  const { ImageId } = await clients(root, region).ec2.send(
    new RegisterImageCommand({ Name: 'golden', Architecture: 'x86_64', RootDeviceName: '/dev/xvda' }),
  );
  return ImageId!;
}

async function valueOf(credentials: Credentials, Name: string): Promise<string | undefined> {
  const { Parameter } = await clients(credentials).ssm.send(new GetParameterCommand({ Name }));
  return Parameter?.Value;
}

test('the root key publishes public parameters: no account in the ARN, a version that rises, no event', async () => {
  const { root } = anAccount();
  const { ssm } = clients(root);
  const changes = await listen(root, CHANGES);
  for (const Value of ['ami-1', 'ami-2']) {
    await ssm.send(new PutParameterCommand({ Name: PUBLIC, Value, Type: 'String', Overwrite: true }));
  }
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: PUBLIC }));
  expect(Parameter).toMatchObject({
    Value: 'ami-2',
    Version: 2,
    ARN: `arn:aws:ssm:us-east-1::parameter${PUBLIC}`,
  });
  expect(await changes.next(1)).toBeUndefined();
});

test('everyone else is refused public parameters, as on AWS', async () => {
  const { root } = anAccount();
  const session = await aSession(root, 'writer', [{ Action: 'ssm:PutParameter', Resource: '*' }]);
  const put = new PutParameterCommand({ Name: PUBLIC, Value: 'ami-1', Type: 'String' });
  await expect(clients(session).ssm.send(put)).rejects.toThrow('No access to reserved parameter name');
});

test('creating, updating, labelling and deleting raise the events that AWS raises', async () => {
  const { id, root } = anAccount();
  const { ssm } = clients(root, 'eu-west-1');
  const changes = await listen(root, CHANGES, 'eu-west-1');
  const described = { name: '/golden/id', type: 'String', description: 'Ours' };
  const change = (detail: object) => ({
    'detail-type': 'Parameter Store Change',
    source: 'aws.ssm',
    account: id,
    region: 'eu-west-1',
    resources: [`arn:aws:ssm:eu-west-1:${id}:parameter/golden/id`],
    detail,
  });
  await ssm.send(
    new PutParameterCommand({ Name: '/golden/id', Value: 'a', Type: 'String', Description: 'Ours' }),
  );
  expect(await changes.next()).toMatchObject(change({ operation: 'Create', ...described }));
  await ssm.send(new PutParameterCommand({ Name: '/golden/id', Value: 'b', Overwrite: true }));
  expect(await changes.next()).toMatchObject(change({ operation: 'Update', ...described }));
  await ssm.send(new LabelParameterVersionCommand({ Name: '/golden/id', Labels: ['good'] }));
  expect(await changes.next()).toMatchObject(change({ operation: 'LabelParameterVersion', ...described }));
  await ssm.send(new DeleteParameterCommand({ Name: '/golden/id' }));
  expect(await changes.next()).toMatchObject(change({ operation: 'Delete', ...described }));
});

test('a refused change raises nothing, deleting several raises one event each', async () => {
  const { root } = anAccount();
  const { ssm } = clients(root);
  const changes = await listen(root, { ...CHANGES, detail: { operation: ['Delete', 'Update'] } });
  for (const Name of ['/a', '/b'])
    await ssm.send(new PutParameterCommand({ Name, Value: '1', Type: 'String' }));
  const again = new PutParameterCommand({ Name: '/a', Value: '2', Type: 'String' });
  await expect(ssm.send(again)).rejects.toThrow('already exists');
  await expect(ssm.send(new DeleteParameterCommand({ Name: '/none' }))).rejects.toThrow('not found');
  await ssm.send(new DeleteParametersCommand({ Names: ['/a', '/none', '/b'] }));
  expect([(await changes.next())?.detail['name'], (await changes.next())?.detail['name']].sort()).toEqual([
    '/a',
    '/b',
  ]);
  expect(await changes.next(1)).toBeUndefined();
});

test('an image id is answered at once and stored after it was checked', async () => {
  const { root } = anAccount();
  const { ssm } = clients(root);
  const image = await registerImage(root);
  const changes = await listen(root, CHANGES);
  const put = { Name: '/golden', Value: image, Type: 'String', DataType: 'aws:ec2:image' } as const;
  expect(await ssm.send(new PutParameterCommand(put))).toMatchObject({ Version: 1 });
  await expect(valueOf(root, '/golden')).rejects.toThrow('not found');
  expect((await changes.next())?.detail).toEqual({ operation: 'Create', name: '/golden', type: 'String' });
  expect(await valueOf(root, '/golden')).toBe(image);
});

test('an image that does not exist in that region is dropped, and only an event tells', async () => {
  const { id, root } = anAccount();
  const { ssm } = clients(root);
  const image = await registerImage(root);
  const elsewhere = await registerImage(root, 'us-west-2');
  const put = { Name: '/golden', Type: 'String', DataType: 'aws:ec2:image', Overwrite: true } as const;
  const stored = await listen(root, { ...CHANGES, detail: { operation: ['Create'] } });
  await ssm.send(new PutParameterCommand({ ...put, Value: image }));
  expect(await stored.next()).toBeDefined();

  const changes = await listen(root, CHANGES);
  for (const Value of [MISSING_IMAGE, elsewhere]) {
    expect(await ssm.send(new PutParameterCommand({ ...put, Value }))).toMatchObject({ Version: 2 });
    expect(await changes.next()).toMatchObject({
      resources: [`arn:aws:ssm:us-east-1:${id}:parameter/golden`],
      detail: {
        exception: 'Unable to Describe Resource',
        dataType: 'aws:ec2:image',
        name: '/golden',
        type: 'String',
        operation: 'Update',
      },
    });
    expect(await valueOf(root, '/golden')).toBe(image);
  }
});

test('the check is made with the permissions of the caller', async () => {
  const { root } = anAccount();
  const image = await registerImage(root);
  const changes = await listen(root, CHANGES);
  const mayPut = { Action: 'ssm:PutParameter', Resource: '*' };
  const mayDescribe = { Action: 'ec2:DescribeImages', Resource: '*' };
  const put = (Name: string) =>
    new PutParameterCommand({ Name, Value: image, Type: 'String', DataType: 'aws:ec2:image' });
  await clients(await aSession(root, 'without', [mayPut])).ssm.send(put('/without'));
  expect((await changes.next())?.detail).toMatchObject({
    name: '/without',
    exception: 'Unable to Describe Resource',
  });
  await clients(await aSession(root, 'with', [mayPut, mayDescribe])).ssm.send(put('/with'));
  expect((await changes.next())?.detail).toEqual({ name: '/with', operation: 'Create', type: 'String' });
});
