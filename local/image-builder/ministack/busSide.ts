import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { BusSide } from '../sides.ts';
import type { AwsClients } from './awsClients.ts';

export const busSide = (clients: AwsClients): BusSide => ({
  async put(place, { source, detailType, resources, detail }) {
    const entry = {
      Source: source,
      DetailType: detailType,
      Resources: [...resources],
      Detail: JSON.stringify(detail),
    };
    const { FailedEntryCount = 0, Entries = [] } = await clients
      .events(place)
      .send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount > 0)
      throw new Error(`EventBridge refused the event: ${Entries[0]?.ErrorMessage ?? 'no reason given'}`);
  },
});
