import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Place } from '../sides.ts';

/** Clients that act as the service does: as root of the account, in its region. */
export interface AwsClients {
  ec2(place: Place): EC2Client;
  events(place: Place): EventBridgeClient;
  iam(place: Place): IAMClient;
  ssm(place: Place): SSMClient;
}

/** MiniStack takes a key of twelve digits for the root of that account. */
export const rootOf = (
  account: string,
): { readonly accessKeyId: string; readonly secretAccessKey: string } => ({
  accessKeyId: account,
  secretAccessKey: 'test',
});

/** CloudTrail shows the calls of a service under its name: counters of the product's own calls leave them out by it. */
const USER_AGENT = 'imagebuilder.amazonaws.com';

interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: ReturnType<typeof rootOf>;
  readonly maxAttempts: number;
  readonly customUserAgent: string;
}

/** One client per place, made when it is first needed. */
function perPlace<T>(endpoint: string, make: (options: ClientOptions) => T): (place: Place) => T {
  const clients = new Map<string, T>();
  return ({ account, region }) => {
    const key = `${account}/${region}`;
    const found = clients.get(key);
    if (found !== undefined) return found;
    const made = make({
      endpoint,
      region,
      credentials: rootOf(account),
      maxAttempts: 5,
      customUserAgent: USER_AGENT,
    });
    clients.set(key, made);
    return made;
  };
}

export const awsClients = (endpoint: string): AwsClients => ({
  ec2: perPlace(endpoint, (options) => new EC2Client(options)),
  events: perPlace(endpoint, (options) => new EventBridgeClient(options)),
  iam: perPlace(endpoint, (options) => new IAMClient(options)),
  ssm: perPlace(endpoint, (options) => new SSMClient(options)),
});
