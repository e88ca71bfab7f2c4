import { controlApi } from '../api/handle.ts';
import type { HttpAnswer, HttpEvent } from '../api/httpEvent.ts';
import type { Operations } from '../api/routes.ts';
import type { Services } from '../ports.ts';
import { lambdaHandler, type Handler } from './lambdaHandler.ts';
import type { Parts } from './parts.ts';

/** The control API as a function. Requests carry signatures and answers are long: the log has what was asked and said. */
export function apiHandler<Needed extends Partial<Services> & Pick<Services, 'log'>>(
  operations: (services: Needed) => Operations,
  parts: Parts<Needed>,
): Handler<HttpAnswer> {
  const answer = (event: HttpEvent, services: Needed) =>
    controlApi({
      operations: operations(services),
      onUnexpected: (error, context) => services.log.error('an operation fails', { error, ...context }),
    })(event);
  return lambdaHandler((event) => event as HttpEvent, answer, parts, {
    input: ({ rawPath, requestContext: { http, requestId, authorizer } }) => ({
      method: http.method,
      rawPath,
      requestId,
      caller: authorizer?.iam?.userArn,
    }),
    output: ({ statusCode }) => ({ statusCode }),
  });
}
