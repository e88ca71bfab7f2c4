import { nameOf } from './client/clientError.ts';
import { credentialsOf, type Credentials, type Environment, type Identity } from './client/credentials.ts';
import { answerFailure, connectionFailure, foreignAnswer, jsonOf } from './client/failures.ts';
import { findApi, type ApiAddress } from './client/findApi.ts';
import { send, type HttpResponse } from './client/send.ts';
import { signedRequest } from './client/signedRequest.ts';
import { pathParameters, ROUTES, type AnswerOf, type RequestTo, type RouteName } from './routes.ts';

export { ClientError } from './client/clientError.ts';
export type { Environment } from './client/credentials.ts';

/** The control API as a program sees it. Every call throws a `ClientError` with a sentence, or answers. */
export interface ApiClient {
  call<N extends RouteName>(name: N, request: RequestTo<N>): Promise<AnswerOf<N>>;
}

export interface ClientOptions extends Identity {
  /** Normally `process.env`: `AUTO_AMI_API_URL` and the ordinary AWS variables. */
  readonly environment: Environment;
  /** Looked up in CloudFormation instead of `AUTO_AMI_API_URL`. */
  readonly stackName?: string;
  /** Milliseconds one request may take. @default 35,000: the gateway itself gives up after 30 seconds */
  readonly timeout?: number;
  /** Waits before the second, third … try, in milliseconds. @default [200, 800] */
  readonly retryAfter?: readonly number[];
}

/** A client of the control API. Credentials and address are looked up at the first call. */
export function apiClient(options: ClientOptions): ApiClient {
  const { timeout = 35_000, retryAfter = [200, 800] } = options;
  let found: Promise<Connection> | undefined;
  return {
    async call(name, request) {
      found ??= connect(options);
      const connection = await found;
      const url = urlOf(connection.api, name, request);
      const { method } = ROUTES[name];
      const body = method === 'GET' ? undefined : bodyOf(name, request);
      const attempt = async (): Promise<HttpResponse> => {
        const signed = await signedRequest(
          url,
          { method, ...(body === undefined ? {} : { body }) },
          connection,
        );
        return send(url, signed, timeout);
      };
      const response = await withRetries(attempt, retryAfter).catch((error: unknown) => {
        throw connectionFailure(error, url);
      });
      if (response.status !== 200) throw answerFailure(name, url, response);
      const answer = jsonOf(response.body);
      if (!isAnswer(name, answer)) throw foreignAnswer(name, url);
      return answer;
    },
  };
}

interface Connection {
  readonly api: ApiAddress;
  readonly credentials: Credentials;
  readonly region: string;
}

async function connect({ environment, profile, stackName }: ClientOptions): Promise<Connection> {
  const identity = profile === undefined ? {} : { profile };
  const credentials = await credentialsOf(environment, identity);
  const api = await findApi(environment, identity, { credentials, stackName });
  return { api, credentials, region: api.region };
}

const PASSING_STATUSES = new Set([429, 502, 503, 504]);
const PASSING_ERRORS = new Set(['ECONNRESET', 'EPIPE']);

/** Sending any request twice does what sending it once does, so what may pass is tried again. */
async function withRetries(
  attempt: () => Promise<HttpResponse>,
  [wait, ...rest]: readonly number[],
): Promise<HttpResponse> {
  if (wait === undefined) return attempt();
  try {
    const response = await attempt();
    if (!PASSING_STATUSES.has(response.status)) return response;
  } catch (error) {
    if (!PASSING_ERRORS.has(nameOf(error))) throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, wait));
  return withRetries(attempt, rest);
}

/** Parts of the path from the request; the rest is the query of a GET. */
function urlOf({ url: base }: ApiAddress, name: RouteName, request: object): URL {
  const { method, path } = ROUTES[name];
  const values: Record<string, unknown> = { ...request };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(asText(values[key])));
  const query = method === 'GET' ? Object.entries(rest(name, values)) : [];
  const url = new URL(base.href.replace(/\/+$/, '') + filled);
  // Not by URLSearchParams: it writes a space as `+`, which signatures take for a plus.
  url.search = query
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(asText(value))}`)
    .join('&');
  return url;
}

function bodyOf(name: RouteName, request: object): string {
  return JSON.stringify(rest(name, { ...request }));
}

function rest(name: RouteName, values: Record<string, unknown>): Record<string, unknown> {
  const inPath = pathParameters(name);
  return Object.fromEntries(Object.entries(values).filter(([key]) => !inPath.includes(key)));
}

function isAnswer<N extends RouteName>(name: N, answer: unknown): answer is AnswerOf<N> {
  return ROUTES[name].answer.safeParse(answer).success;
}

/** Values of paths and queries are texts, numbers and yes or no. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
