import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Authorization } from './authorization.ts';
import type { Faults } from '../faults.ts';
import { parseArn } from '../resources/names.ts';
import type { Call, Operation } from '../operations/operation.ts';
import { requestSignature } from './requestSignature.ts';
import { ServiceError } from './serviceError.ts';
import type { Store } from '../resources/store.ts';

/** A request as it came, its body read. */
export interface RawRequest {
  readonly method: string;
  /** Path without query, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly requestId: string;
}

/** `loseAnswer`: the work is done, and the connection closed without a word. */
export type Outcome =
  | { readonly kind: 'answer'; readonly operation: string | undefined; readonly body: object }
  | { readonly kind: 'error'; readonly operation: string | undefined; readonly error: ServiceError }
  | { readonly kind: 'loseAnswer'; readonly operation: string };

export interface DispatchContext extends Omit<Call, 'place' | 'store' | 'faults'> {
  readonly operations: readonly Operation[];
  readonly store: Store;
  readonly faults: Faults;
  readonly authorization: Authorization;
  readonly report: (problem: string) => void;
}

interface Routed {
  readonly operation: Operation;
  readonly pathMembers: Readonly<Record<string, string>>;
}

const PATH_MEMBER = /^(\/.*\/)\{(\w+)\}$/;

function routed(operations: readonly Operation[], { method, path }: RawRequest): Routed | undefined {
  for (const operation of operations.filter((each) => each.method === method)) {
    if (operation.path === path) return { operation, pathMembers: {} };
    const [, prefix, member] = PATH_MEMBER.exec(operation.path) ?? [];
    if (prefix === undefined || member === undefined || !path.startsWith(prefix)) continue;
    return { operation, pathMembers: { [member]: decodeURIComponent(path.slice(prefix.length)) } };
  }
  return undefined;
}

const jsonObject = z.record(z.string(), z.unknown());

function bodyMembers(body: string): Record<string, unknown> {
  if (body === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new ServiceError('InvalidRequestException', 'The request body is not valid JSON.');
  }
  const read = jsonObject.safeParse(parsed);
  if (!read.success)
    throw new ServiceError('InvalidRequestException', 'The request body must be a JSON object.');
  return read.data;
}

const queryMembers = (query: URLSearchParams, lists: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set(query.keys())].map((name) => [
      name,
      lists.includes(name) ? query.getAll(name) : query.get(name),
    ]),
  );

const stringTags = z.record(z.string(), z.string()).optional().catch(undefined);
const recipeNames = z
  .object({ name: z.string().optional(), imageRecipeArn: z.string().optional() })
  .transform(({ name, imageRecipeArn }) =>
    imageRecipeArn === undefined ? name : parseArn(imageRecipeArn).name,
  )
  .optional()
  .catch(undefined);

/** Finds the operation, knows the caller, keeps the rate, runs it. Never throws. */
export async function dispatch(request: RawRequest, context: DispatchContext): Promise<Outcome> {
  let operation: Operation | undefined;
  try {
    const route = routed(context.operations, request);
    operation = route?.operation;
    const { credential, region } = requestSignature(request.headers);
    if (route === undefined) {
      throw new ServiceError(
        'UnknownOperationException',
        `No operation of this stand-in: ${request.method} ${request.path}`,
      );
    }
    const { name } = route.operation;
    const principal = await context.authorization.authenticate(credential);
    const place = { account: principal.account, region };
    const store = context.store.at(place);
    if (!store.bucket.take(context.now()))
      throw new ServiceError('CallRateLimitExceededException', 'Rate exceeded');
    const raw = {
      ...bodyMembers(request.body),
      ...queryMembers(request.query, route.operation.queryLists),
      ...route.pathMembers,
    };
    const fault = context.faults.forRequest({
      operation: name,
      region,
      recipeName: recipeNames.parse(raw),
      tags: stringTags.parse('tags' in raw ? raw.tags : undefined),
    });
    if (fault?.kind === 'error')
      throw new ServiceError(
        fault.code,
        fault.message ??
          (fault.code === 'CallRateLimitExceededException'
            ? 'Rate exceeded'
            : 'This error was asked for on the control path.'),
      );
    const call: Call = { ...context, place, store };
    const answer = await route.operation.handle(raw, call, (checks) =>
      context.authorization.authorize(principal, place, checks),
    );
    if (fault !== undefined) return { kind: 'loseAnswer', operation: name };
    const { requestId } = request;
    return {
      kind: 'answer',
      operation: name,
      body: route.operation.answersRequestId ? { requestId, ...answer } : answer,
    };
  } catch (error) {
    if (error instanceof ServiceError) return { kind: 'error', operation: operation?.name, error };
    context.report(
      `${operation?.name ?? request.path} broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    const broken = new ServiceError(
      'ServiceException',
      'An internal server error occurred while Image Builder processed the request.',
    );
    return { kind: 'error', operation: operation?.name, error: broken };
  }
}
