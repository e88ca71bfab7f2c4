import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE, type DomainEvent } from '../core/events.ts';
import type { Events } from '../ports.ts';
import { perRegion } from './clients.ts';

export interface EventsOptions {
  readonly homeRegion: string;
  readonly busName: string;
  readonly events?: EventBridgeClient;
}

/** What one PutEvents takes (EventBridge quotas): entries, and bytes of them all together. */
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;

interface Sized {
  readonly place: number;
  readonly entry: PutEventsRequestEntry;
  readonly bytes: number;
}

/**
 * Our events on the default bus, as few calls as its limits allow.
 *
 * Action: events:PutEvents.
 */
export function awsEvents({
  homeRegion,
  busName,
  events = perRegion(EventBridgeClient)(homeRegion),
}: EventsOptions): Events {
  return {
    async publish(all) {
      const sized = all.map((event, place) => sizedEntry(event, place, busName));
      const failed = sized.filter(({ bytes }) => bytes > MOST_BYTES).map(({ place }) => place);
      for (const batch of batches(sized.filter(({ bytes }) => bytes <= MOST_BYTES))) {
        const { Entries = [] } = await events.send(
          new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }),
        );
        failed.push(...batch.filter((_, at) => Entries[at]?.EventId === undefined).map(({ place }) => place));
      }
      return { failed: failed.sort((a, b) => a - b) };
    },
  };
}

/** An event as an entry, with its size as EventBridge counts it (user guide, "Calculating PutEvents entry size"). */
function sizedEntry(
  { detailType, version, detail, resources = [] }: DomainEvent,
  place: number,
  busName: string,
): Sized {
  const text = JSON.stringify({ ...detail, version });
  const bytes = [EVENT_SOURCE, detailType, text, ...resources].reduce(
    (sum, part) => sum + Buffer.byteLength(part),
    0,
  );
  return {
    place,
    bytes,
    entry: {
      EventBusName: busName,
      Source: EVENT_SOURCE,
      DetailType: detailType,
      Detail: text,
      Resources: [...resources],
    },
  };
}

/** In their order, each batch as full as a call may be. */
function batches(sized: readonly Sized[]): Sized[][] {
  const made: Sized[][] = [];
  let room = 0;
  for (const one of sized) {
    const last = made.at(-1);
    if (last === undefined || last.length === MOST_ENTRIES || one.bytes > room) {
      made.push([one]);
      room = MOST_BYTES - one.bytes;
    } else {
      last.push(one);
      room -= one.bytes;
    }
  }
  return made;
}
