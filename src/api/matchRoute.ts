import { ApiError } from './errors.ts';
import { ROUTE_NAMES, ROUTES, type RouteName } from './routes.ts';

export interface RouteMatch {
  readonly name: RouteName;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The route of a request.
 * @throws ApiError `no-such-route`, or `wrong-method` if the path exists with others
 */
export function matchRoute(method: string, path: string): RouteMatch {
  const matches = ROUTE_NAMES.flatMap((name) => {
    const parameters = matchPath(ROUTES[name].path, path);
    return parameters === undefined ? [] : [{ name, parameters }];
  });
  const match = matches.find(({ name }) => ROUTES[name].method === method);
  if (match !== undefined) return match;
  if (matches.length === 0) throw new ApiError('no-such-route', `There is no ${path} in this API.`);
  const methods = matches.map(({ name }) => ROUTES[name].method);
  throw new ApiError('wrong-method', `${path} takes ${methods.join(', ')}, not ${method}.`);
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const actual = given[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== actual) return undefined;
    } else {
      const value = decoded(actual);
      if (value === undefined || value === '') return undefined;
      parameters[part.slice(1, -1)] = value;
    }
  }
  return parameters;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
