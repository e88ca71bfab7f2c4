import type { TestProject } from 'vitest/node';
import { startMiniStack } from '../../local/aws/ministack.ts';
import { freePort, LOOPBACK } from '../../local/aws/ports.ts';
import { LOCAL_DIR } from '../../local/aws/checkout.ts';
import { join } from 'node:path';

/** What tests get by `inject('localAws')`. */
export interface LocalAwsForTests {
  readonly endpoint: string;
  /** Where Lambda functions look for Image Builder; a test that needs it listens there. */
  readonly imageBuilderEndpoint: string;
  /** Python with boto3, MiniStack and cfn-lint. */
  readonly python: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    localAws: LocalAwsForTests;
  }
}

/** One local AWS for all tests: they keep out of each other's way by using accounts of their own. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const imageBuilderEndpoint = `http://${LOOPBACK}:${await freePort()}`;
  const aws = await startMiniStack({
    env: { AWS_ENDPOINT_URL_IMAGEBUILDER: imageBuilderEndpoint },
    logFile: join(LOCAL_DIR, 'log', 'ministack-test.log'),
    tell: (sentence) => console.log(sentence),
  });
  provide('localAws', {
    endpoint: aws.endpoint,
    imageBuilderEndpoint,
    python: join(LOCAL_DIR, 'python', 'bin', 'python'),
  });
  return () => aws.stop();
}
