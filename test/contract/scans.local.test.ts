import { LambdaClient } from '@aws-sdk/client-lambda';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { awsScans } from '../../src/aws/scans.ts';
import { parseScanRequest } from '../../src/incoming/scanRequest.ts';
import { anAccount, aRole } from '../local/aws/clients.ts';
import { aFunction } from '../local/aws/functions.ts';
import { localClients } from './localAws.ts';
import { scansContract } from './scans.ts';

const homeRegion = 'us-east-1';
const functionName = 'check-base-images';

/** It tells the test what it was invoked with. */
const code = (url: string) =>
  `exports.handler = (event) => fetch(${JSON.stringify(url)}, { method: 'POST', body: JSON.stringify(event) });`;

/** A place that hears of every invocation. */
async function anEar(heard: unknown[]): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function aWorld() {
  const heard: unknown[] = [];
  const { root } = anAccount();
  const role = await aRole(root, 'scanner', [{ Action: 'logs:*', Resource: '*' }]);
  await aFunction(root, { name: functionName, role, code: code(await anEar(heard)) });
  const lambda = localClients(LambdaClient, root)(homeRegion);
  return { scans: awsScans({ homeRegion, functionName, lambda }), heard, begun: () => heard.length };
}

scansContract(aWorld);

test('the function is asked in words that it understands', async () => {
  const { scans, heard } = await aWorld();
  await scans.start();
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(1);
  expect(parseScanRequest(heard[0])).toEqual({});
});
