import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { awsEvents } from '../../src/aws/events.ts';
import { EVENT_SOURCE, EVENTS, type DomainEvent } from '../../src/core/events.ts';
import { anAccount, aSession, listen, type Credentials } from '../local/aws/clients.ts';
import { eventsContract, type EventsWorld } from './events.ts';
import { counted, localClients } from './localAws.ts';

const homeRegion = 'us-east-1';

async function aWorld(): Promise<EventsWorld & { readonly calls: string[]; readonly root: Credentials }> {
  const { root } = anAccount();
  const listener = await listen(root, { source: [EVENT_SOURCE] });
  const calls: string[] = [];
  const clients = counted(localClients(EventBridgeClient, root), calls);
  return {
    root,
    calls,
    events: awsEvents({ homeRegion, busName: 'default', events: clients(homeRegion) }),
    async heard(count) {
      const arrived: DomainEvent[] = [];
      while (arrived.length < count) {
        const event = await listener.next();
        if (event === undefined) break;
        const { version, ...detail } = event.detail;
        arrived.push({
          detailType: event['detail-type'] as DomainEvent['detailType'],
          version: version as '1',
          detail,
          resources: event.resources,
        });
      }
      return arrived;
    },
  };
}

eventsContract(aWorld);

const sized = (bytes: number): DomainEvent => ({
  detailType: EVENTS.BUILD_QUEUED,
  version: '1',
  detail: { text: 'x'.repeat(bytes) },
});

test('ten go in one call, fewer where they would be too large together', async () => {
  const { events, calls } = await aWorld();
  await events.publish(Array.from({ length: 20 }, () => sized(10)));
  expect(calls).toHaveLength(2);
  await events.publish(Array.from({ length: 4 }, () => sized(100_000)));
  expect(calls).toHaveLength(4);
});

test('one that is too large alone fails by its place, the others arrive', async () => {
  const { events, heard } = await aWorld();
  expect(await events.publish([sized(1), sized(300_000), sized(2)])).toEqual({ failed: [1] });
  expect(await heard(2)).toHaveLength(2);
});

test('what AWS refuses altogether is thrown: the caller must know why', async () => {
  const { root } = anAccount();
  const session = await aSession(root, 'silent', [{ Action: 'sns:Publish', Resource: '*' }]);
  const events = localClients(EventBridgeClient, session)(homeRegion);
  await expect(awsEvents({ homeRegion, busName: 'default', events }).publish([sized(1)])).rejects.toThrow(
    'PutEvents',
  );
});
