import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ROOT_KEY } from '../../local/aws/ministack.ts';
import { REGIONS } from '../../local/demo/stacks.ts';

/** Names of the functions as their files have them, by those of theirs and of their roles in the deployment. */
export async function functionNames(endpoint: string, region: string): Promise<ReadonlyMap<string, string>> {
  const client = new LambdaClient({ endpoint, region, credentials: ROOT_KEY });
  const names = new Map<string, string>();
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    for (const { FunctionName = '', Role = '', Environment } of Functions) {
      const name = Environment?.Variables?.['POWERTOOLS_SERVICE_NAME'] ?? FunctionName;
      names.set(FunctionName, name).set(Role.slice(Role.lastIndexOf('/') + 1), name);
    }
  return names;
}

/** Queues of dead letters with something in them, in sentences. */
export async function deadLetters(endpoint: string): Promise<string[]> {
  const found = await Promise.all(REGIONS.map((region) => deadLettersIn(endpoint, region)));
  return found.flat();
}

async function deadLettersIn(endpoint: string, region: string): Promise<string[]> {
  const sqs = new SQSClient({ endpoint, region, credentials: ROOT_KEY });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const found = await Promise.all(
    QueueUrls.filter((url) => url.includes('DeadLetters')).map(async (QueueUrl) => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      const count = Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
      return count === 0 ? [] : [`${count} dead letters in ${QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1)}`];
    }),
  );
  return found.flat();
}
