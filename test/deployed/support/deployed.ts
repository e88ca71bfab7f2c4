import { GetImageCommand } from '@aws-sdk/client-imagebuilder';
import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { ROOT_KEY } from '../../../local/aws/ministack.ts';
import { localClients } from '../../../local/demo/localClients.ts';
import { HOME_REGION } from '../../../local/demo/stacks.ts';
import type { FaultRequest } from '../../../local/image-builder/faults.ts';
import type { FunctionName } from '../../../lib/functionNames.ts';
import type { AnswerOf } from '../../../src/api/routes.ts';
import { apiClient, type ApiClient } from '../../../src/api/client.ts';

const deployment = () => inject('deployment');

/** The ordinary environment of somebody who uses this deployment, with their keys. */
export function environmentWith(keys: { readonly accessKeyId: string; readonly secretAccessKey: string }) {
  return {
    AUTO_AMI_API_URL: deployment().stacks.apiUrl,
    AWS_REGION: HOME_REGION,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
}

export function aClient(keys = ROOT_KEY): ApiClient {
  return apiClient({ environment: environmentWith(keys) });
}

export function theClients() {
  const { endpoint, imageBuilderEndpoint } = deployment();
  return localClients(endpoint, imageBuilderEndpoint, HOME_REGION);
}

/** The physical name of a function, by the file it is made of. */
async function functionName(name: FunctionName): Promise<string> {
  const lambda = new LambdaClient({
    region: HOME_REGION,
    endpoint: deployment().endpoint,
    credentials: ROOT_KEY,
  });
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    const found = Functions.find(
      ({ Environment }) => Environment?.Variables?.['POWERTOOLS_SERVICE_NAME'] === name,
    );
    if (found?.FunctionName !== undefined) return found.FunctionName;
  }
  throw new Error(`There is no function ${name}.`);
}

/** Invokes a function of the deployment as AWS does, with the permissions of its own role, and waits for its answer. */
export async function invoke(name: FunctionName, event: unknown): Promise<unknown> {
  const client = new LambdaClient({
    region: HOME_REGION,
    endpoint: deployment().endpoint,
    credentials: ROOT_KEY,
  });
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: await functionName(name), Payload: JSON.stringify(event) }),
  );
  const text = Buffer.from(Payload ?? []).toString();
  if (FunctionError !== undefined) throw new Error(`${name} failed: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** One of our own events as EventBridge delivers it. */
export function ourEvent(detailType: string, detail: object) {
  return {
    id: `${detailType}-${JSON.stringify(detail)}`,
    source: 'auto-ami',
    'detail-type': detailType,
    detail: { version: '1', ...detail },
  };
}

/** Makes something go wrong in the stand-in for Image Builder; undone by the returned function. */
export async function withFault(fault: FaultRequest): Promise<() => Promise<void>> {
  const { imageBuilderEndpoint } = deployment();
  const response = await fetch(`${imageBuilderEndpoint}/_control/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
  });
  const { id } = (await response.json()) as { id: string };
  expect(response.status).toBe(201);
  return async () => {
    await fetch(`${imageBuilderEndpoint}/_control/faults/${id}`, { method: 'DELETE' });
  };
}

const PATIENCE = 90_000;

/** Asks until the answer is as wanted; the last one is in the error if it never is. */
export async function until<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  what: string,
): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`${what}: not within ${PATIENCE / 1000} s. ${JSON.stringify(answer)}`);
    await sleep(300);
  }
}

export type AmiAnswer = AnswerOf<'images'>['images'][number];

/** The active and published AMIs of a template, one for each place. */
export async function publishedAmis(client: ApiClient, template: string): Promise<AmiAnswer[]> {
  const { images } = await client.call('images', { template });
  return images.filter(({ state, publishedAt }) => state === 'active' && publishedAt !== null);
}

export async function untilPublished(
  client: ApiClient,
  template: string,
  places: number,
  release?: string,
): Promise<AmiAnswer[]> {
  return until(
    () => publishedAmis(client, template),
    (amis) =>
      amis.filter(({ baseRelease }) => release === undefined || baseRelease === release).length === places,
    `${places} published AMIs of ${template}`,
  );
}

/** What Image Builder itself says of an image. */
export async function imageStatus(region: string, imageArn: string | null): Promise<string | undefined> {
  if (imageArn === null) return undefined;
  const { image } = await theClients()
    .imageBuilder(region)
    .send(new GetImageCommand({ imageBuildVersionArn: imageArn }));
  return image?.state?.status;
}

/** The region builds of a template, of all its builds. */
export async function regionBuildsOf(client: ApiClient, template: string) {
  const { builds } = await client.call('builds', { template, limit: 50 });
  const all = builds.flatMap(({ regionBuilds }) => regionBuilds);
  return [...new Map(all.map((build) => [build.id, build])).values()];
}
