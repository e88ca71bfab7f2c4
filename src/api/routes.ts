import type { z } from 'zod';
import type { Role } from './route.ts';
import { buildingRoutes } from './routes/building.ts';
import { policyRoutes } from './routes/policy.ts';
import { readingRoutes } from './routes/reading.ts';
import { templatesRoutes } from './routes/templates.ts';

export { ROLES, type Role, type Route } from './route.ts';

/** Whose routes each role may call. An approver reads and approves, but does not operate: two pairs of eyes. */
const MAY_CALL: Readonly<Record<Role, readonly Role[]>> = {
  viewer: ['viewer'],
  operator: ['viewer', 'operator'],
  approver: ['viewer', 'approver'],
};

/**
 * The control API, whole. A route is added to one of these; in `Operations` it is then missing until somebody writes it.
 * Sending any of them twice does what sending it once does.
 */
export const ROUTES = {
  ...readingRoutes,
  ...policyRoutes,
  ...buildingRoutes,
  ...templatesRoutes,
} as const;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;

/** A request as an operation gets it: parsed, defaults filled in. */
export type RequestOf<N extends RouteName> = z.output<Routes[N]['request']>;
/** A request as a client writes it. */
export type RequestTo<N extends RouteName> = z.input<Routes[N]['request']>;
export type AnswerOf<N extends RouteName> = z.output<Routes[N]['answer']>;

/** What stands behind the routes. */
export type Operations = {
  readonly [N in RouteName]: (request: RequestOf<N>, caller: Caller) => Promise<AnswerOf<N>>;
};

/** The authenticated caller, never what a client says. */
export interface Caller {
  /** ARN of the user or assumed role that signed the request. */
  readonly actor: string;
  /** The gateway's id of the request. */
  readonly requestId: string;
}

const isRouteName = (name: string): name is RouteName => Object.hasOwn(ROUTES, name);

export const ROUTE_NAMES: readonly RouteName[] = Object.keys(ROUTES).filter(isRouteName);

/** The routes a managed policy opens. */
export function routesOf(role: Role): RouteName[] {
  return ROUTE_NAMES.filter((name) => MAY_CALL[role].includes(ROUTES[name].who));
}

/** `POST/templates/*\/build`: the end of the `execute-api` ARN that a policy grants, after the stage. */
export function invocationPattern(name: RouteName): string {
  const { method, path } = ROUTES[name];
  return `${method}${path.replaceAll(/\{\w+\}/g, '*')}`;
}

/** The name of each part of a route's path that comes from the request. */
export function pathParameters(name: RouteName): string[] {
  return [...ROUTES[name].path.matchAll(/\{(\w+)\}/g)].flatMap(([, parameter]) => parameter ?? []);
}
