/** A client of one service for each region, made when it is first needed. */
export type ForRegion<Client> = (region: string) => Client;

/** What all clients of the SDK take, as far as it is set here or by tests. */
export interface ClientConfig {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly retryMode?: 'standard' | 'adaptive';
  readonly maxAttempts?: number;
  readonly requestHandler?: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/**
 * Calls are repeated on throttling, faults and lost connections, with growing pauses and jitter: up to about eight
 * seconds in all, well within any function's time. No call waits for ever, as it would by the SDK's own default.
 * Endpoints come from the environment (`AWS_ENDPOINT_URL…`), where the local AWS is one.
 */
const HOUSE: ClientConfig = {
  retryMode: 'standard',
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
};

/**
 * Clients with the house's ways. Each adapter imports its own SDK client and hands its class over: a function loads
 * those that it uses.
 */
export function perRegion<Client>(
  Client: new (config: ClientConfig & { region: string }) => Client,
  config: ClientConfig = {},
): ForRegion<Client> {
  const made = new Map<string, Client>();
  return (region) => {
    const client = made.get(region) ?? new Client({ ...HOUSE, ...config, region });
    made.set(region, client);
    return client;
  };
}
