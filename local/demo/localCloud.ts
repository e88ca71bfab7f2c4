import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startMiniStack } from '../aws/ministack.ts';
import { freePort, LOOPBACK } from '../aws/ports.ts';
import { startImageBuilder } from '../image-builder/startImageBuilder.ts';
import type { Lifetime } from './lifetime.ts';

/** The local AWS: MiniStack, and the stand-in for EC2 Image Builder beside it. */
export interface LocalCloud {
  readonly endpoint: string;
  readonly imageBuilderEndpoint: string;
}

export interface LocalCloudOptions {
  /** Of MiniStack. @default any free port */
  readonly port?: number;
  readonly logFile: (name: string) => string;
  readonly tell: (sentence: string) => void;
}

/**
 * Starts both on loopback. If MiniStack ends by itself, the run ends.
 * @throws Error with a sentence
 */
export async function startLocalCloud(
  { port, logFile, tell }: LocalCloudOptions,
  { hold, signal, end }: Lifetime,
): Promise<LocalCloud> {
  // Its address must be known before it listens: MiniStack hands it on to every function.
  const imageBuilderPort = await freePort();
  const imageBuilderEndpoint = `http://${LOOPBACK}:${imageBuilderPort}`;
  const starting = startMiniStack({
    ...(port === undefined ? {} : { port }),
    env: { AWS_ENDPOINT_URL_IMAGEBUILDER: imageBuilderEndpoint },
    logFile: logFile('ministack.log'),
    tell,
    signal,
  });
  const { endpoint, ended } = await hold(starting, (aws) => aws.stop());
  void ended.then((sentence) => end(new Error(sentence)));

  const log = logFile('image-builder.log');
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, '');
  const report = (problem: string): void => appendFileSync(log, `${new Date().toISOString()} ${problem}\n`);
  // A list that is made up would be taken for evidence of what the base's next update fixes.
  const packagesOf = () => [];
  await hold(startImageBuilder({ endpoint, port: imageBuilderPort, report, packagesOf }), (builder) =>
    builder.stop(),
  );
  return { endpoint, imageBuilderEndpoint };
}
