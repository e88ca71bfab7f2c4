import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../ports.ts';
import type { Pausing } from './pause.ts';

/** The table, and what working on it needs. */
export interface Table extends Pausing {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  readonly now: Clock;
}
