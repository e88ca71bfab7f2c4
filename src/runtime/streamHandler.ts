import type { DynamoDBBatchResponse } from 'aws-lambda';
import { changeOfRecord, type StreamRecord } from '../aws/table/changesOfStream.ts';
import type { Change } from '../core/changes.ts';

/** A record as Lambda delivers it: its change, and the number by which it can be asked for again. */
export type NumberedRecord = StreamRecord & { readonly dynamodb: { readonly SequenceNumber: string } };

/** Publishes changes; answers the places in the list of those that were not taken. */
type Publish<S> = (
  changes: readonly Change[],
  services: S,
) => Promise<{ readonly failed: readonly number[] }>;

/**
 * The use case of the table's stream. A change that was not published is reported by its sequence number: Lambda
 * delivers from the first of them on again, and what was published already is published twice, which is harmless.
 */
export function streamUseCase<S>(publish: Publish<S>) {
  return async (records: readonly NumberedRecord[], services: S): Promise<DynamoDBBatchResponse> => {
    const owned = records.flatMap((record) => {
      const change = changeOfRecord(record);
      return change === undefined ? [] : [{ number: record.dynamodb.SequenceNumber, change }];
    });
    const changes = owned.map(({ change }) => change);
    const { failed } = await publish(changes, services);
    const numbers = new Set(failed.flatMap((place) => owned[place]?.number ?? []));
    return { batchItemFailures: [...numbers].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** The records of a delivery. Lambda's own envelope is taken as it is; each record is read with care. */
export function recordsOf(event: unknown): readonly NumberedRecord[] {
  return (event as { readonly Records: readonly NumberedRecord[] }).Records;
}
