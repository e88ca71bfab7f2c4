import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { ROOT_KEY } from '../../../local/aws/ministack.ts';
import { HOME_REGION } from '../../../local/demo/stacks.ts';
import type { Key } from '../../../src/aws/table/keys.ts';
import { OUTPUTS } from '../../../src/contract.ts';
import { theClients } from './deployed.ts';

/** Sets a moment of a record back, where it has one: so that a test need not wait for days. */
export async function setBack(key: Key, field: string, by: number): Promise<void> {
  const { endpoint } = theClients();
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: HOME_REGION, endpoint, credentials: ROOT_KEY }),
  );
  try {
    await table.send(
      new UpdateCommand({
        TableName: await tableName(),
        Key: key,
        UpdateExpression: 'SET #field = #field - :by',
        ConditionExpression: 'attribute_exists(#field)',
        ExpressionAttributeNames: { '#field': field },
        ExpressionAttributeValues: { ':by': by },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

async function tableName(): Promise<string> {
  const { Stacks = [] } = await theClients().cloudFormation.send(
    new DescribeStacksCommand({ StackName: inject('deployment').stacks.hub }),
  );
  const output = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === OUTPUTS.TABLE_NAME);
  if (output?.OutputValue === undefined) throw new Error('The hub stack does not tell its table.');
  return output.OutputValue;
}
