import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIR } from '../../local/aws/checkout.ts';
import { startMiniStack } from '../../local/aws/ministack.ts';
import { freePort, LOOPBACK } from '../../local/aws/ports.ts';
import type { Lifetime } from '../../local/demo/lifetime.ts';
import { deployStacks, prepareStacks, type LocalStacks } from '../../local/demo/stacks.ts';
import { startImageBuilder } from '../../local/image-builder/startImageBuilder.ts';
import type { Tell } from '../tell.ts';

/** Images take six seconds here, not half an hour: what is measured is everything around them. */
const TIMING = { timeScale: 1 };

export interface Deployment {
  readonly endpoint: string;
  readonly imageBuilderEndpoint: string;
  readonly stacks: LocalStacks;
  /** Process of the local AWS, which leads the group of all functions' processes. */
  readonly pid: number;
}

/** A local AWS of its own, with the stacks as `cdk deploy` puts them into an account. */
export async function deployLocally(tell: Tell, { hold }: Lifetime): Promise<Deployment> {
  const directory = join(LOCAL_DIR, 'bench');
  const logFile = (name: string): string => join(directory, 'log', name);
  mkdirSync(join(directory, 'log'), { recursive: true });
  const port = await freePort();
  const imageBuilderEndpoint = `http://${LOOPBACK}:${port}`;
  tell('starting a local AWS');
  const { endpoint, pid } = await hold(
    startMiniStack({
      env: { AWS_ENDPOINT_URL_IMAGEBUILDER: imageBuilderEndpoint },
      logFile: logFile('ministack.log'),
      tell,
    }),
    (aws) => aws.stop(),
  );
  const report = (problem: string): void => appendFileSync(logFile('image-builder.log'), `${problem}\n`);
  await hold(startImageBuilder({ endpoint, port, timing: TIMING, report }), (builder) => builder.stop());
  tell('deploying the stacks: cdk bootstrap, cdk synth, cdk deploy');
  const options = { endpoint, directory, logFile };
  await prepareStacks(options);
  return { endpoint, imageBuilderEndpoint, pid, stacks: await deployStacks(options) };
}
