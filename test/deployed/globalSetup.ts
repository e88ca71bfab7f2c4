import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { LOCAL_DIR } from '../../local/aws/checkout.ts';
import { startMiniStack } from '../../local/aws/ministack.ts';
import { freePort, LOOPBACK } from '../../local/aws/ports.ts';
import { deployStacks, prepareStacks, type LocalStacks } from '../../local/demo/stacks.ts';
import { startImageBuilder } from '../../local/image-builder/startImageBuilder.ts';

/** What tests get by `inject('deployment')`: the stacks as `cdk deploy` puts them into an account. */
export interface DeploymentForTests {
  readonly endpoint: string;
  readonly imageBuilderEndpoint: string;
  readonly stacks: LocalStacks;
  /** Where they were synthesized to, and what the CDK said. */
  readonly directory: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    deployment: DeploymentForTests;
  }
}

/** Images take a second here, not half an hour. */
const TIMING = { timeScale: 0.2 };

/** One deployment of its own for all tests of the whole; they keep apart by templates and base images of their own. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = join(LOCAL_DIR, 'deployed-test');
  mkdirSync(directory, { recursive: true });
  const logFile = (name: string): string => join(directory, 'log', name);
  const imageBuilderPort = await freePort();
  const imageBuilderEndpoint = `http://${LOOPBACK}:${imageBuilderPort}`;
  const aws = await startMiniStack({
    env: { AWS_ENDPOINT_URL_IMAGEBUILDER: imageBuilderEndpoint },
    logFile: logFile('ministack.log'),
    tell: (sentence) => console.log(sentence),
  });
  const imageBuilder = await startImageBuilder({
    endpoint: aws.endpoint,
    port: imageBuilderPort,
    timing: TIMING,
    report: (problem) => appendFileSync(logFile('image-builder.log'), `${problem}\n`),
  });
  const stop = async (): Promise<void> => {
    await imageBuilder.stop();
    await aws.stop();
  };
  try {
    const options = { endpoint: aws.endpoint, directory, logFile };
    await prepareStacks(options);
    const stacks = await deployStacks(options);
    provide('deployment', { endpoint: aws.endpoint, imageBuilderEndpoint, stacks, directory });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
