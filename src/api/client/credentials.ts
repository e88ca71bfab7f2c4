import { ClientError, wordsOf } from './clientError.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The AWS identity to use. Absent: as the environment says. */
export interface Identity {
  readonly profile?: string;
}

/**
 * The credentials every AWS tool would take: keys of the environment, else the SDK's own chain (profile, SSO,
 * process, container, instance), which is loaded only then. A profile goes before keys, as in the SDK.
 * @throws ClientError `no-credentials`
 */
export async function credentialsOf(environment: Environment, { profile }: Identity): Promise<Credentials> {
  const keys = profile === undefined && !environment['AWS_PROFILE'] ? keysOf(environment) : undefined;
  if (keys !== undefined) return keys;
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  try {
    return await fromNodeProviderChain(profile === undefined ? {} : { profile })();
  } catch (error) {
    throw new ClientError(
      'no-credentials',
      'There are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in ' +
        `with \`aws sso login\`; for the local AWS, \`source .local/aws.env\`. (AWS SDK: ${wordsOf(error)})`,
      error,
    );
  }
}

function keysOf(environment: Environment): Credentials | undefined {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
