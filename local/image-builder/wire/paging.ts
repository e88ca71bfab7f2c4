import { createHash } from 'node:crypto';
import { ServiceError } from './serviceError.ts';

/** The largest page of every list operation, and what is used if none is asked for. */
const LARGEST_PAGE = 25;

export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** A token belongs to one query: used with another it is refused. */
const fingerprint = (query: unknown): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('hex').slice(0, 16);

const invalidToken = (): ServiceError =>
  new ServiceError('InvalidPaginationTokenException', 'The pagination token supplied is not valid.');

function positionOf(token: string, print: string): string {
  const [tokenPrint, position] = Buffer.from(token, 'base64url').toString('utf8').split('\n');
  if (tokenPrint !== print || position === undefined) throw invalidToken();
  return position;
}

/**
 * The page of `all` a request asks for. Tokens name the last item shown by its key, so that items deleted or added
 * between two pages neither repeat nor hide others.
 *
 * @param all sorted by `key`, ascending
 * @param query what else the request said: the token holds only for the same query
 */
export function pageOf<T>(
  all: readonly T[],
  key: (item: T) => string,
  request: PageRequest,
  query: unknown,
): Page<T> {
  const print = fingerprint(query);
  const after = request.nextToken === undefined ? undefined : positionOf(request.nextToken, print);
  const rest = after === undefined ? all : all.filter((item) => key(item) > after);
  const items = rest.slice(0, request.maxResults ?? LARGEST_PAGE);
  const last = items.at(-1);
  if (last === undefined || items.length === rest.length) return { items };
  return { items, nextToken: Buffer.from(`${print}\n${key(last)}`).toString('base64url') };
}
