import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OUTPUTS } from '../../src/contract.ts';
import { bootstrap } from '../aws/bootstrap.ts';
import { runCdk } from '../aws/cdk.ts';
import { LOCAL_DIR } from '../aws/checkout.ts';
import { deploy } from '../aws/deploy.ts';
import type { LocalCloud } from './localCloud.ts';

export const HOME_REGION = 'us-east-1';
export const REGIONS = [HOME_REGION, 'us-west-2'] as const;

/** The configuration of the local deployment: what anybody's `auto-ami.config.yaml` is, and that it is local. */
const CONFIGURATION = `# Written by npm start.
homeRegion: ${HOME_REGION}
regions:
${REGIONS.map((region) => `  ${region}:`).join('\n')}
local: true
`;

/** The stacks as deployed, by their outputs. */
export interface LocalStacks {
  readonly homeRegion: string;
  readonly hub: string;
  readonly spokes: readonly string[];
  readonly apiUrl: string;
  readonly tableName: string;
  readonly stateMachineArn: string;
}

export interface StackOptions extends Pick<LocalCloud, 'endpoint'> {
  /** Takes the configuration and what is synthesized. @default `.local` of this checkout */
  readonly directory?: string;
  readonly logFile: (name: string) => string;
  readonly signal?: AbortSignal;
}

/** Where the stacks of a run are synthesized to. */
export function assemblyIn(directory: string): string {
  return join(directory, 'cdk.out');
}

/** `cdk bootstrap` of both regions and, meanwhile on the other core, `cdk synth`. */
export async function prepareStacks({
  directory = LOCAL_DIR,
  logFile,
  ...common
}: StackOptions): Promise<void> {
  const configuration = join(directory, 'auto-ami.config.yaml');
  mkdirSync(directory, { recursive: true });
  writeFileSync(configuration, CONFIGURATION);
  await Promise.all([
    // Outside the checkout's root, whose app bootstrap would synthesize and not need.
    bootstrap(REGIONS, { ...common, logFile: logFile('bootstrap.log'), cwd: directory }),
    runCdk(['synth', '--quiet', '--output', assemblyIn(directory)], {
      ...common,
      logFile: logFile('synth.log'),
      // The templates are checked by `npm test` and by each synthesis for a real account.
      env: { AUTO_AMI_CONFIG: configuration, CDK_VALIDATION: 'false' },
    }),
  ]);
}

const hubOutputs = z.object({
  [OUTPUTS.API_URL]: z.string(),
  [OUTPUTS.TABLE_NAME]: z.string(),
  [OUTPUTS.STATE_MACHINE_ARN]: z.string(),
});

/** `cdk deploy --all` of what was synthesized. */
export async function deployStacks({
  directory = LOCAL_DIR,
  logFile,
  ...common
}: StackOptions): Promise<LocalStacks> {
  const { endpoint } = common;
  const assembly = assemblyIn(directory);
  const { outputs } = await deploy({ ...common, assembly, logFile: logFile('deploy.log') });
  const hub = Object.entries(outputs).find(([, values]) => OUTPUTS.API_URL in values);
  if (hub === undefined)
    throw new Error(`The deployment did not tell the control API's address: ${logFile('deploy.log')}.`);
  const values = hubOutputs.parse(hub[1]);
  return {
    homeRegion: HOME_REGION,
    hub: hub[0],
    spokes: stackNames(assembly).filter((name) => name !== hub[0]),
    apiUrl: localApiUrl(endpoint, values[OUTPUTS.API_URL]),
    tableName: values[OUTPUTS.TABLE_NAME],
    stateMachineArn: values[OUTPUTS.STATE_MACHINE_ARN],
  };
}

const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), properties: z.object({ stackName: z.string() }).partial().optional() }),
  ),
});

/** A spoke has no outputs: the assembly knows all stacks. */
function stackNames(assembly: string): string[] {
  const { artifacts } = manifest.parse(JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')));
  return Object.entries(artifacts).flatMap(([id, { type, properties }]) =>
    type === 'aws:cloudformation:stack' ? (properties?.stackName ?? id) : [],
  );
}

/** The API by path: its own host name, `<id>.execute-api.…`, resolves nowhere. */
function localApiUrl(endpoint: string, url: string): string {
  const id = /^https?:\/\/([a-z0-9]+)\./.exec(url)?.[1];
  if (id === undefined) throw new Error(`${url} is not the address of an API.`);
  return `${endpoint}/_aws/execute-api/${id}/$default`;
}
