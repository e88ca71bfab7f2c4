import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { runCdk, type CdkOptions } from './cdk.ts';
import { LOCAL_DIR } from './checkout.ts';

export interface DeployOptions extends CdkOptions {
  /** Command of the CDK app. @default that of `cdk.json` */
  readonly app?: string;
  /** Directory the app was synthesized to before: then nothing is synthesized again. */
  readonly assembly?: string;
  /** @default all stacks */
  readonly stacks?: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
}

/** Outputs by stack name, then by output name. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Deployment {
  readonly outputs: StackOutputs;
  /** Names of the stacks that were as wanted already. */
  readonly unchanged: readonly string[];
}

const outputsFile = z.record(z.string(), z.record(z.string(), z.string()));

/** The app is synthesized below `.local`, never into the `cdk.out` of a real deployment. */
function common({ app, assembly, stacks = ['--all'], context = {} }: DeployOptions): string[] {
  return [
    ...stacks,
    ...(assembly === undefined ? ['--output', join(LOCAL_DIR, 'cdk.out')] : ['--app', assembly]),
    ...(assembly === undefined && app !== undefined ? ['--app', app] : []),
    ...Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]),
  ];
}

/** `cdk deploy`, without questions. Stacks that do not depend on each other are deployed at the same time. */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const file = `${options.logFile}.outputs.json`;
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const said = await runCdk(
    [
      'deploy',
      ...common(options),
      '--require-approval',
      'never',
      '--concurrency',
      '4',
      '--outputs-file',
      file,
    ],
    options,
  );
  return {
    outputs: outputsFile.parse(JSON.parse(readFileSync(file, 'utf8'))),
    unchanged: [...said.matchAll(/✅\s+(\S+) \(no changes\)/gu)].flatMap(([, stack]) => stack ?? []),
  };
}

/** `cdk destroy`, without questions. What is meant to be retained stays. */
export async function destroy(options: DeployOptions): Promise<void> {
  await runCdk(['destroy', ...common(options), '--force'], options);
}
