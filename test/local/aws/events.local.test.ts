import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { aRole, aSession, anAccount, clients, listen, type Credentials } from './clients.ts';

const STATE_CHANGE = {
  Source: 'aws.imagebuilder',
  DetailType: 'EC2 Image Builder Image State Change',
  Detail: JSON.stringify({ state: { status: 'AVAILABLE' } }),
};

async function forward(root: Credentials, from: string, to: string): Promise<void> {
  const { events } = clients(root, from);
  const RoleArn = await aRole(root, `forward-from-${from}`, [{ Action: 'events:PutEvents', Resource: '*' }]);
  const Arn = `arn:aws:events:${to}:${root.accessKeyId}:event-bus/default`;
  await events.send(
    new PutRuleCommand({ Name: 'forward', EventPattern: JSON.stringify({ source: ['aws.imagebuilder'] }) }),
  );
  await events.send(new PutTargetsCommand({ Rule: 'forward', Targets: [{ Id: 'bus', Arn, RoleArn }] }));
}

test('the root key plays AWS: its events may have the source of a service', async () => {
  const { id, root } = anAccount();
  const listener = await listen(root, { source: ['aws.imagebuilder'] });
  const answer = await clients(root).events.send(new PutEventsCommand({ Entries: [STATE_CHANGE] }));
  expect(answer.FailedEntryCount).toBe(0);
  expect(await listener.next()).toMatchObject({
    source: 'aws.imagebuilder',
    account: id,
    region: 'us-east-1',
    detail: { state: { status: 'AVAILABLE' } },
  });
});

test('everyone else is refused the source of a service, as on AWS', async () => {
  const { root } = anAccount();
  const session = await aSession(root, 'emitter', [{ Action: 'events:PutEvents', Resource: '*' }]);
  const own = { Source: 'auto-ami', DetailType: 'Template Launched', Detail: '{}' };
  const { Entries } = await clients(session).events.send(
    new PutEventsCommand({ Entries: [STATE_CHANGE, own] }),
  );
  expect(Entries).toMatchObject([
    { ErrorCode: 'NotAuthorizedForSourceException' },
    { EventId: expect.any(String) },
  ]);
});

test('a rule reaches a bus in another region, and the event keeps the region it came from', async () => {
  const { root } = anAccount();
  await forward(root, 'us-west-2', 'us-east-1');
  const hub = await listen(root, { source: ['aws.imagebuilder'] });
  await clients(root, 'us-west-2').events.send(new PutEventsCommand({ Entries: [STATE_CHANGE] }));
  expect(await hub.next()).toMatchObject({ region: 'us-west-2', detail: { state: { status: 'AVAILABLE' } } });
});

test('an event is forwarded once: two regions that forward to each other do not loop', async () => {
  const { root } = anAccount();
  await forward(root, 'us-west-2', 'us-east-1');
  await forward(root, 'us-east-1', 'us-west-2');
  const hub = await listen(root, { source: ['aws.imagebuilder'] }, 'us-east-1');
  const spoke = await listen(root, { source: ['aws.imagebuilder'] }, 'us-west-2');
  await clients(root, 'us-west-2').events.send(new PutEventsCommand({ Entries: [STATE_CHANGE] }));
  expect(await hub.next()).toBeDefined();
  expect(await spoke.next()).toBeDefined();
  expect([await hub.next(1), await spoke.next(1)]).toEqual([undefined, undefined]);
});
