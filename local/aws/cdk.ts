import { join } from 'node:path';
import { CHECKOUT, LOCAL_DIR } from './checkout.ts';
import { lastLines, runCommand } from './command.ts';
import { LOCAL_ACCOUNT, ROOT_KEY } from './ministack.ts';

export interface CdkOptions {
  /** Of the local AWS: `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Where the command runs; its `cdk.json` counts. @default this checkout */
  readonly cwd?: string;
  /** @default us-east-1 */
  readonly region?: string;
  /** Added to the environment of the command and of the CDK app it runs. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the command says goes here; overwritten. */
  readonly logFile: string;
  /** Aborted: the command is ended at once. */
  readonly signal?: AbortSignal;
}

/** This process's environment without anything that points the AWS SDK or the CDK elsewhere. */
function neutral(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS|CDK)_/.test(name)));
}

function environment({ endpoint, region = 'us-east-1', env = {} }: CdkOptions): NodeJS.ProcessEnv {
  const base = neutral(process.env);
  return {
    ...base,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
    AWS_REGION: region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
    CDK_DEFAULT_REGION: region,
    CDK_HOME: join(LOCAL_DIR, 'cdk'),
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: 'true',
    NO_PROXY: [base['NO_PROXY'], '127.0.0.1'].filter(Boolean).join(','),
    ...env,
  };
}

/**
 * Runs the CDK's own command line against the local AWS.
 * @returns everything it said.
 * @throws Error naming the command, with the end of what it said and where all of it is.
 */
export async function runCdk(args: readonly string[], options: CdkOptions): Promise<string> {
  const cdk = join(CHECKOUT, 'node_modules', '.bin', 'cdk');
  const { code, output } = await runCommand(cdk, [...args, '--no-notices', '--no-color'], {
    cwd: options.cwd ?? CHECKOUT,
    env: environment(options),
    logFile: options.logFile,
    signal: options.signal,
  });
  if (code === 0) return output;
  throw new Error(
    `\`cdk ${args[0] ?? ''}\` failed on the local AWS with exit code ${code}. All of its output: ${options.logFile}. It ends with:\n${lastLines(output, 15)}`,
  );
}
