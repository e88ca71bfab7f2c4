import { errorAnswer } from '../errors.ts';
import { ROUTES, type RouteName } from '../routes.ts';
import { API_URL_VARIABLE } from './findApi.ts';
import { ClientError, nameOf, wordsOf } from './clientError.ts';
import type { HttpResponse } from './send.ts';

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Why nothing came back, in a sentence. */
export function connectionFailure(error: unknown, url: URL): ClientError {
  const local = LOOPBACK.test(url.hostname);
  if (nameOf(error) === 'TimeoutError')
    return new ClientError(
      'timeout',
      `The control API at ${url.host} gave ${wordsOf(error)}: try again; it may have been done all the same, and doing it twice does no harm.`,
      error,
    );
  if (local)
    return new ClientError(
      'not-reachable',
      `Nothing answers at ${url.origin}: the local AWS is not running. Start it with \`npm start\`, then \`source .local/aws.env\` again. (${wordsOf(error)})`,
      error,
    );
  return new ClientError(
    'not-reachable',
    `The control API at ${url.host} cannot be reached: ${wordsOf(error)}. Is the network up, and is the address right?`,
    error,
  );
}

/** What a status other than 200 means, in a sentence. */
export function answerFailure(name: RouteName, url: URL, { status, body }: HttpResponse): ClientError {
  const json = jsonOf(body);
  const ours = errorAnswer.safeParse(json);
  if (ours.success) {
    const { error, message, problems = [] } = ours.data;
    return new ClientError(error, message, undefined, problems);
  }
  const words = gatewayWords(json);
  if (status === 401 || status === 403) return notAllowed(name, words);
  if (status === 404)
    return new ClientError(
      'not-the-api',
      `There is no control API at ${url.origin}${url.pathname}: the stack may have been removed or deployed anew. Check ${API_URL_VARIABLE}; for the local AWS, \`source .local/aws.env\` again.`,
    );
  if (status === 413)
    return new ClientError('server-error', 'The request is too large for AWS: send less at once.');
  if (status === 429)
    return new ClientError(
      'server-error',
      'The control API is being asked too often: wait a moment and try again.',
    );
  if (status >= 500)
    return new ClientError(
      'server-error',
      `The control API failed (HTTP ${status}${words === '' ? '' : `: ${words}`}). The log of its function says why; docs/runbook.md says where.`,
    );
  return new ClientError(
    'not-the-api',
    `What answers at ${url.origin} is not the control API (HTTP ${status}).`,
  );
}

/** The gateway says 403 both to identities it does not know and to those who may not. */
function notAllowed(name: RouteName, words: string): ClientError {
  const said = words === '' ? '' : ` (AWS: ${words})`;
  if (/token|signature|expired|credential/i.test(words))
    return new ClientError(
      'bad-credentials',
      `AWS does not accept these credentials: sign in again or set others, and see that the clock is right.${said}`,
    );
  return new ClientError(
    'access-denied',
    `You may not do this: your AWS identity needs the managed policy \`${ROUTES[name].who}\` of the control API, which the hub stack makes.${said}`,
  );
}

/** An answer in a form that is not known here. */
export function foreignAnswer(name: RouteName, url: URL): ClientError {
  return new ClientError(
    'other-version',
    `The control API at ${url.host} answered \`${name}\` in a form that this cws does not know: update whichever is older of the two.`,
  );
}

export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The gateway's own errors are `{"message": "…"}`, some with a capital M. */
function gatewayWords(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  if ('message' in json && typeof json.message === 'string') return json.message;
  return 'Message' in json && typeof json.Message === 'string' ? json.Message : '';
}
