import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ONCE_KEPT, ONCE_LEASE } from '../../core/keeping.ts';
import type { Once } from '../../ports.ts';
import { expiring } from './expiry.ts';
import { onceKey } from './keys.ts';
import { ABSENT } from './operations.ts';
import type { Table } from './table.ts';

/** One item for each key: when it was begun or done, and which of the two. */
export function dynamoOnce(table: Table): Once {
  const item = (key: string, done: boolean) => {
    const at = table.now();
    return { ...onceKey(key), at, done, ...expiring(at + ONCE_KEPT) };
  };
  return {
    async begin(key) {
      const now = table.now();
      const takeIt = new PutCommand({
        TableName: table.name,
        Item: item(key, false),
        ConditionExpression: `${ABSENT.ConditionExpression} OR (#done = :done AND #at <= :forgotten) OR (#done = :begun AND #at <= :dead)`,
        ExpressionAttributeNames: { '#done': 'done', '#at': 'at' },
        ExpressionAttributeValues: {
          ':done': true,
          ':forgotten': now - ONCE_KEPT,
          ':begun': false,
          ':dead': now - ONCE_LEASE,
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await table.client.send(takeIt);
        return 'mine';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return error.Item !== undefined && unmarshall(error.Item)['done'] === true ? 'done' : 'busy';
      }
    },
    async done(key) {
      await table.client.send(new PutCommand({ TableName: table.name, Item: item(key, true) }));
    },
  };
}
