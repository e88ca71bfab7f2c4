import { randomInt } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamoTable } from '../../../src/aws/table/dynamoTable.ts';
import { TABLE } from '../../../src/contract.ts';
import { aSession, clients, type Credentials } from '../../local/aws/clients.ts';
import { NOON } from './records.ts';
import { awaitImage, awaitTurn } from './stateMachineCalls.ts';
import type { TableUnderTest } from './tableUnderTest.ts';

/** What lib/stateTable.ts grants to functions that read and write. */
const GRANTED = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:ConditionCheckItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
];

export interface DynamoUnderTest extends TableUnderTest {
  readonly client: DynamoDBClient;
  readonly streamArn: string;
  readonly tableName: string;
}

/**
 * Makes tables like the stack's, each with the ports on it, which have just the permissions that the stack grants.
 * `prepare`: what a test does to the client of the ports.
 */
export function dynamoUnderTest(
  root: Credentials,
  prepare: (client: DynamoDBClient) => void = () => undefined,
): () => Promise<DynamoUnderTest> {
  const maker = clients(root).dynamodb;
  const name = `role-${randomInt(1e9)}`;
  let keys: Promise<Credentials> | undefined;
  const tables = `arn:aws:dynamodb:us-east-1:${root.accessKeyId}:table/*`;

  return async () => {
    keys ??= aSession(root, name, [
      { Action: GRANTED, Resource: tables },
      { Action: 'dynamodb:Query', Resource: `${tables}/index/${TABLE.PENDING_INDEX}` },
    ]);
    const { TableDescription } = await maker.send(likeTheStack(`table-${randomInt(1e9)}`));
    const tableName = TableDescription!.TableName!;
    const client = clients(await keys).dynamodb;
    prepare(client);
    const clock = { now: NOON };
    const call = async (input: ConstructorParameters<typeof UpdateItemCommand>[0]) => {
      try {
        await client.send(new UpdateItemCommand(input));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    };
    return {
      ...dynamoTable({ client, tableName, now: () => clock.now, chance: () => 0.5 }),
      clock,
      stateMachine: {
        storeTurn: (id, turn) => call(awaitTurn(tableName, id, turn)),
        storeImageToken: (id, image) => call(awaitImage(tableName, id, image)),
      },
      client: maker,
      streamArn: TableDescription!.LatestStreamArn!,
      tableName,
    };
  };
}

function likeTheStack(name: string): CreateTableCommand {
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: TABLE.PARTITION_KEY, AttributeType: 'S' },
      { AttributeName: TABLE.SORT_KEY, AttributeType: 'S' },
      { AttributeName: TABLE.PENDING_KEY, AttributeType: 'S' },
      { AttributeName: TABLE.PENDING_SINCE, AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: TABLE.PARTITION_KEY, KeyType: 'HASH' },
      { AttributeName: TABLE.SORT_KEY, KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: TABLE.PENDING_INDEX,
        KeySchema: [
          { AttributeName: TABLE.PENDING_KEY, KeyType: 'HASH' },
          { AttributeName: TABLE.PENDING_SINCE, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
}
