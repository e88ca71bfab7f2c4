import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { build } from 'esbuild';
import { expect, inject, onTestFinished, test } from 'vitest';
import { CHECKOUT } from '../../../local/aws/checkout.ts';
import { aRole, anAccount, clients } from './clients.ts';
import { aFunction } from './functions.ts';
import { temporaryDirectory } from './temporary.ts';

const HANDLER = `
  import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
  import { ImagebuilderClient, ListImagesCommand } from '@aws-sdk/client-imagebuilder';
  const attempt = (call) => call.catch((error) => ({ error: error.name }));
  const read = (client, Name) => attempt(client.send(new GetParameterCommand({ Name })));
  export const handler = async () => {
    const here = new SSMClient({});
    const there = new SSMClient({ region: 'us-west-2' });
    return {
      region: process.env.AWS_REGION,
      here: (await read(here, '/allowed/a')).Parameter?.Value,
      there: (await read(there, '/allowed/a')).Parameter?.Value,
      refused: (await read(here, '/other')).error,
      images: await attempt(new ImagebuilderClient({ maxAttempts: 1 }).send(new ListImagesCommand({}))),
    };
  };`;

async function bundled(): Promise<string> {
  const outfile = join(temporaryDirectory(), 'index.js');
  await build({
    stdin: { contents: HANDLER, resolveDir: CHECKOUT },
    bundle: true,
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  return readFileSync(outfile, 'utf8');
}

test('a function reaches the local AWS in any region with the permissions of its role, and Image Builder where it is told', async () => {
  const { root } = anAccount();
  const { lambda } = clients(root);
  for (const region of ['us-east-1', 'us-west-2']) {
    for (const Name of ['/allowed/a', '/other']) {
      await clients(root, region).ssm.send(new PutParameterCommand({ Name, Value: region, Type: 'String' }));
    }
  }
  const asked: string[] = [];
  const imageBuilder = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.setHeader('content-type', 'application/json').end('{"imageVersionList":[]}');
  });
  imageBuilder.listen(Number(new URL(inject('localAws').imageBuilderEndpoint).port), '127.0.0.1');
  onTestFinished(() => {
    imageBuilder.closeAllConnections();
    imageBuilder.close();
  });

  const Role = await aRole(root, 'reader', [
    { Action: 'ssm:GetParameter', Resource: `arn:aws:ssm:*:${root.accessKeyId}:parameter/allowed/*` },
  ]);
  const FunctionName = await aFunction(root, { name: 'reader', role: Role, code: await bundled() });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  expect(JSON.parse(Payload!.transformToString())).toMatchObject({
    region: 'us-east-1',
    here: 'us-east-1',
    there: 'us-west-2',
    refused: 'AccessDeniedException',
    images: { imageVersionList: [] },
  });
  expect(asked).toEqual(['POST /ListImages']);
});

test('a function that throws ends with the name of its error, by which Step Functions catches it, and lives on', async () => {
  const { root } = anAccount();
  const { lambda } = clients(root);
  const role = await aRole(root, 'thrower', [{ Action: 'ssm:GetParameter', Resource: '*' }]);
  const FunctionName = await aFunction(root, {
    name: 'thrower',
    role,
    code: `
      class TurnLost extends Error { name = 'TurnLost'; }
      let calls = 0;
      exports.handler = async () => { throw new TurnLost(\`the grant is gone: \${++calls}\`); };`,
  });
  await lambda.send(new InvokeCommand({ FunctionName }));
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  expect(FunctionError).toBe('Unhandled');
  expect(JSON.parse(Payload!.transformToString())).toMatchObject({
    errorType: 'TurnLost',
    errorMessage: 'the grant is gone: 2',
    trace: expect.arrayContaining([expect.stringContaining('handler')]) as unknown,
  });
});

test('processes of a function share its code, which is unpacked once', async () => {
  const { root } = anAccount();
  const { lambda } = clients(root);
  const role = await aRole(root, 'sharer', [{ Action: 'ssm:GetParameter', Resource: '*' }]);
  const FunctionName = await aFunction(root, {
    name: 'sharer',
    role,
    code: `
      exports.handler = async () => {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        return { process: process.pid, code: __filename };
      };`,
  });
  const answers = await Promise.all(
    [1, 2].map(async () => {
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
      return JSON.parse(Payload!.transformToString()) as { process: number; code: string };
    }),
  );
  expect(new Set(answers.map((answer) => answer.process)).size).toBe(2);
  expect(new Set(answers.map((answer) => answer.code)).size).toBe(1);
});
