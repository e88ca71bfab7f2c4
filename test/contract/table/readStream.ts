import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { inject } from 'vitest';
import type { StreamRecord } from '../../../src/aws/table/changesOfStream.ts';
import type { Credentials } from '../../local/aws/clients.ts';

interface Answers {
  DescribeStream: { StreamDescription: { Shards: { ShardId: string }[] } };
  GetShardIterator: { ShardIterator: string };
  GetRecords: { Records: StreamRecord[]; NextShardIterator?: string };
}

/** Everything a table's stream holds, as a function would get it. */
export async function readStream(StreamArn: string, credentials: Credentials): Promise<StreamRecord[]> {
  const call = caller(credentials);
  const { StreamDescription } = await call('DescribeStream', { StreamArn });
  const records: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription.Shards) {
    const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    let iterator: string | undefined = (await call('GetShardIterator', start)).ShardIterator;
    while (iterator !== undefined) {
      const page: Answers['GetRecords'] = await call('GetRecords', { ShardIterator: iterator });
      records.push(...page.Records);
      // An open shard has always a next iterator: an empty page says that we are at its end.
      iterator = page.Records.length === 0 ? undefined : page.NextShardIterator;
    }
  }
  return records;
}

/** Calls the stream's service; its SDK client is no dependency of ours, because functions get their records handed. */
function caller(credentials: Credentials) {
  const endpoint = new URL(inject('localAws').endpoint);
  const signer = new SignatureV4({ service: 'dynamodb', region: 'us-east-1', credentials, sha256: Sha256 });
  return async <Name extends keyof Answers>(name: Name, input: object): Promise<Answers[Name]> => {
    const { headers, body } = await signer.sign(
      new HttpRequest({
        method: 'POST',
        protocol: endpoint.protocol,
        hostname: endpoint.hostname,
        path: '/',
        headers: {
          host: endpoint.host,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDBStreams_20120810.${name}`,
        },
        body: JSON.stringify(input),
      }),
    );
    const answer = await fetch(endpoint, { method: 'POST', headers, body: body as string });
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answers[Name];
  };
}
