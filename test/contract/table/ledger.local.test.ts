import { TransactionCanceledException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { PotBalance } from '../../../src/core/money/pot.ts';
import { anAccount } from '../../local/aws/clients.ts';
import { dynamoUnderTest } from './dynamoUnderTest.ts';
import { ledgerContract, type LedgerUnderTest } from './ledger.ts';
import { readStream } from './readStream.ts';

const { root } = anAccount();

/** Every second transaction conflicts with somebody’s, and of every thirteenth that is done the answer gets lost. */
function contentious(client: DynamoDBClient): void {
  let calls = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        if (commandName !== 'TransactWriteItemsCommand') return next(call);
        const number = calls++;
        if (number % 2 === 0)
          throw new TransactionCanceledException({
            message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
            $metadata: {},
            CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }, { Code: 'None' }],
          });
        const answer = await next(call);
        if (number % 13 === 0) throw new Error('the connection broke before the answer came');
        return answer;
      },
    { step: 'initialize', name: 'contention' },
  );
}

async function underAttack(): Promise<LedgerUnderTest> {
  const { streamArn, ...table } = await dynamoUnderTest(root, contentious)();
  return {
    ...table,
    /** The stream has every state of an item, in order. */
    async history(pot) {
      const items = (await readStream(streamArn, root)).flatMap(({ dynamodb }) =>
        dynamodb?.NewImage === undefined ? [] : [unmarshall(dynamodb.NewImage as never)],
      );
      return items.filter(({ pk }) => pk === `POT#${pot}`) as unknown as PotBalance[];
    },
  };
}

ledgerContract(underAttack, 150);
