import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { inject, expect, test } from 'vitest';
import { aRole, aSession, anAccount, clients } from './clients.ts';
import { aFunction } from './functions.ts';

interface Counted {
  readonly calls: readonly { readonly caller: string; readonly operation: string }[];
  readonly runs: readonly { readonly function: string; readonly seconds: number }[];
}

const counted = async () =>
  (await (await fetch(`${inject('localAws').endpoint}/_auto-ami/calls`)).json()) as Counted;

test('calls are counted by who made them and how they ended, refused ones too', async () => {
  const { root } = anAccount();
  const name = `caller-${root.accessKeyId}`;
  const session = await aSession(root, name, [
    { Action: 'ssm:PutParameter', Resource: 'arn:aws:ssm:*:*:parameter/mine/*' },
  ]);
  const put = (Name: string) =>
    clients(session).ssm.send(new PutParameterCommand({ Name, Value: 'v', Type: 'String', Overwrite: true }));
  await put('/mine/a');
  await put('/mine/b');
  await expect(put('/yours/a')).rejects.toThrow(/not authorized/);
  const { calls } = await counted();
  const call = { service: 'ssm', operation: 'PutParameter', caller: name };
  expect(calls.filter(({ caller }) => caller === name)).toEqual([
    { ...call, error: null, count: 2 },
    { ...call, error: 'AccessDeniedException', count: 1 },
  ]);
});

test('functions are counted by how they ended, with the time they took', async () => {
  const { root } = anAccount();
  const name = `runner-${root.accessKeyId}`;
  await aFunction(root, {
    name,
    role: await aRole(root, name, [{ Action: 'logs:PutLogEvents', Resource: '*' }]),
    code: `exports.handler = async ({ fail }) => { if (fail) throw new RangeError('asked for'); };`,
  });
  const { lambda } = clients(root);
  for (const fail of [false, true, false])
    await lambda.send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify({ fail }) }));
  const { runs } = await counted();
  const ours = runs.filter((run) => run.function === name);
  expect(ours.map(({ seconds, ...run }) => [run, seconds > 0])).toEqual([
    [{ function: name, error: null, count: 2 }, true],
    [{ function: name, error: 'RangeError', count: 1 }, true],
  ]);
});
