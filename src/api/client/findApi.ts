import { DEFAULT_STACK_NAME } from '../../contract.ts';
import { ClientError } from './clientError.ts';
import type { Credentials, Environment, Identity } from './credentials.ts';
import { findHubStack } from './hubStack.ts';

/** Where the control API is, and the region to sign for. */
export interface ApiAddress {
  readonly url: URL;
  readonly region: string;
}

/** Environment variable that names the control API's address outright. */
export const API_URL_VARIABLE = 'AUTO_AMI_API_URL';

/**
 * The control API of `AUTO_AMI_API_URL`, else of the hub stack's outputs.
 * @throws ClientError if neither leads to one
 */
export async function findApi(
  environment: Environment,
  identity: Identity,
  { credentials, stackName }: { readonly credentials: Credentials; readonly stackName: string | undefined },
): Promise<ApiAddress> {
  const given = environment[API_URL_VARIABLE];
  // A stack named on the command line is meant, whatever the environment says.
  if (given && stackName === undefined) {
    const url = parsedUrl(given, API_URL_VARIABLE);
    return { url, region: regionIn(url) ?? regionOf(environment) };
  }
  const hub = await findHubStack(stackName ?? DEFAULT_STACK_NAME, identity, credentials);
  const url = parsedUrl(hub.apiUrl, 'the output of the stack');
  return { url, region: regionIn(url) ?? hub.region };
}

function parsedUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new ClientError(
    'bad-address',
    `${what} is not a web address such as https://…: ${JSON.stringify(text)}`,
  );
}

/** `https://<id>.execute-api.<region>.amazonaws.com` says its region itself. */
function regionIn({ hostname }: URL): string | undefined {
  return /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(hostname)?.[1];
}

function regionOf(environment: Environment): string {
  const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (region) return region;
  throw new ClientError(
    'no-region',
    `The address in ${API_URL_VARIABLE} does not tell its AWS region, and none is set: set AWS_REGION.`,
  );
}
