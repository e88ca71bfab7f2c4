import { ApiError, ERROR_STATUS } from './errors.ts';
import { bodyOf, pathOf, type HttpAnswer, type HttpEvent } from './httpEvent.ts';
import { matchRoute, type RouteMatch } from './matchRoute.ts';
import { requestProblems } from './requestProblems.ts';
import {
  ROUTES,
  type AnswerOf,
  type Caller,
  type Operations,
  type RequestOf,
  type RouteName,
} from './routes.ts';

/** A Lambda answers at most 6 MB; what is more would reach the caller as a bare 500. */
const LARGEST_ANSWER = 5_500_000;

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

export interface Handling {
  readonly operations: Operations;
  /** Told of every error that is not one of the contract: it is answered 500 and must not vanish. */
  readonly onUnexpected: (
    error: unknown,
    context: { readonly requestId: string; readonly route: string },
  ) => void;
}

/** The control API: event → route → request, parsed → operation → answer. Errors of the contract become answers. */
export function controlApi({
  operations,
  onUnexpected,
}: Handling): (event: HttpEvent) => Promise<HttpAnswer> {
  return async (event) => {
    const { requestId, http } = event.requestContext;
    try {
      const match = matchRoute(http.method, pathOf(event));
      const caller = callerOf(event);
      return answered(await operate(operations, match.name, rawRequest(event, match), caller));
    } catch (error) {
      if (error instanceof ApiError) return refused(error);
      onUnexpected(error, { requestId, route: `${http.method} ${pathOf(event)}` });
      return refused(
        new ApiError(
          'internal',
          `Something went wrong here; the function's log has it under request ${requestId}.`,
        ),
      );
    }
  };
}

async function operate<N extends RouteName>(
  operations: Operations,
  name: N,
  raw: unknown,
  caller: Caller,
): Promise<AnswerOf<N>> {
  const parsed = ROUTES[name].request.safeParse(raw, { reportInput: true });
  if (!parsed.success) {
    const problems = requestProblems(parsed.error);
    throw new ApiError('bad-request', 'The request is not as this route takes it.', problems);
  }
  // The compiler does not see that the data parsed by the schema of N is a RequestOf<N>.
  return operations[name](parsed.data as RequestOf<N>, caller);
}

/** Path, query and body as one object; the path wins, since permissions were decided by it. */
function rawRequest(event: HttpEvent, { name, parameters }: RouteMatch): unknown {
  const rest = ROUTES[name].method === 'GET' ? (event.queryStringParameters ?? {}) : jsonBody(event);
  return { ...rest, ...parameters };
}

function jsonBody(event: HttpEvent): object {
  const text = bodyOf(event);
  if (text.trim() === '') return {};
  const value = parsedJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ApiError('bad-request', 'The body is not a JSON object.');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function callerOf({ requestContext: { authorizer, requestId } }: HttpEvent): Caller {
  const actor = authorizer?.iam?.userArn ?? '';
  if (actor === '')
    throw new ApiError(
      'unknown-caller',
      'This API takes only requests signed by an identity of the account.',
    );
  return { actor, requestId };
}

function answered(answer: unknown): HttpAnswer {
  const body = JSON.stringify(answer);
  if (Buffer.byteLength(body) > LARGEST_ANSWER)
    throw new ApiError('too-large', 'The answer is too large; ask for less by a template or a lower limit.');
  return { statusCode: 200, headers: HEADERS, body };
}

function refused(error: ApiError): HttpAnswer {
  return { statusCode: ERROR_STATUS[error.code], headers: HEADERS, body: JSON.stringify(error.answer) };
}
