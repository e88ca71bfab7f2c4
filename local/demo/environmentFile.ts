import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_KEY } from '../aws/ministack.ts';
import type { LocalCloud } from './localCloud.ts';
import type { LocalStacks } from './stacks.ts';

/** Below the checkout; never committed. */
export const ENVIRONMENT_FILE = '.local/aws.env';

/** What points `aws`, boto3, `cws` and any other AWS tool of a shell to the local AWS. */
export function environmentLines(
  { endpoint, imageBuilderEndpoint }: Pick<LocalCloud, 'endpoint' | 'imageBuilderEndpoint'>,
  { homeRegion, apiUrl, tableName, stateMachineArn, hub, spokes }: LocalStacks,
): string[] {
  const values = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_IMAGEBUILDER: imageBuilderEndpoint,
    AWS_REGION: homeRegion,
    AWS_DEFAULT_REGION: homeRegion,
    AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
    AUTO_AMI_API_URL: apiUrl,
    AUTO_AMI_TABLE_NAME: tableName,
    AUTO_AMI_STATE_MACHINE_ARN: stateMachineArn,
    AUTO_AMI_HUB_STACK: hub,
    AUTO_AMI_SPOKE_STACKS: spokes.join(','),
  };
  return [
    '# The local AWS of `npm start`, for another terminal: source .local/aws.env',
    '# It goes when that run stops.',
    // A profile would be asked before these keys.
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
    ...Object.entries(values).map(([name, value]) => `export ${name}='${value}'`),
    'export NO_PROXY="127.0.0.1${NO_PROXY:+,$NO_PROXY}"',
  ];
}

export function writeEnvironmentFile(checkout: string, lines: readonly string[]): void {
  const file = join(checkout, ENVIRONMENT_FILE);
  writeFileSync(`${file}.new`, `${lines.join('\n')}\n`);
  renameSync(`${file}.new`, file);
}

/** Nobody is to be pointed to a local AWS that is gone. */
export function removeEnvironmentFile(checkout: string): void {
  rmSync(join(checkout, ENVIRONMENT_FILE), { force: true });
}
