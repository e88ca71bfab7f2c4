import type { z } from 'zod';
import * as answers from './answers.ts';
import * as requests from './requests.ts';

/** Three managed policies differ by route (design §7). */
export const ROLES = ['viewer', 'operator', 'approver'] as const;
export type Role = (typeof ROLES)[number];

/** Whose routes each role may call. An approver reads and approves, but does not operate: two pairs of eyes. */
const MAY_CALL: Readonly<Record<Role, readonly Role[]>> = {
  viewer: ['viewer'],
  operator: ['viewer', 'operator'],
  approver: ['viewer', 'approver'],
};

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With `{name}` for each part that comes from the request. */
  readonly path: `/${string}`;
  readonly who: Role;
  readonly request: z.ZodObject;
  readonly answer: z.ZodObject;
}

/**
 * The control API, whole. A route is added here, in `Operations` it is then missing until somebody writes it.
 * Sending any of them twice does what sending it once does.
 */
export const ROUTES = {
  status: {
    method: 'GET',
    path: '/status',
    who: 'viewer',
    request: requests.nothing,
    answer: answers.statusAnswer,
  },
  queue: {
    method: 'GET',
    path: '/queue',
    who: 'viewer',
    request: requests.queueRequest,
    answer: answers.queueAnswer,
  },
  plan: {
    method: 'GET',
    path: '/plan',
    who: 'viewer',
    request: requests.planRequest,
    answer: answers.planAnswer,
  },
  budget: {
    method: 'GET',
    path: '/budget',
    who: 'viewer',
    request: requests.nothing,
    answer: answers.budgetAnswer,
  },
  builds: {
    method: 'GET',
    path: '/builds',
    who: 'viewer',
    request: requests.buildsRequest,
    answer: answers.buildsAnswer,
  },
  explain: {
    method: 'GET',
    path: '/builds/{id}',
    who: 'viewer',
    request: requests.explainRequest,
    answer: answers.explainAnswer,
  },
  images: {
    method: 'GET',
    path: '/images',
    who: 'viewer',
    request: requests.imagesRequest,
    answer: answers.imagesAnswer,
  },
  templates: {
    method: 'GET',
    path: '/templates',
    who: 'viewer',
    request: requests.nothing,
    answer: answers.templatesAnswer,
  },
  baseImages: {
    method: 'GET',
    path: '/base-images',
    who: 'viewer',
    request: requests.nothing,
    answer: answers.baseImagesAnswer,
  },
  baseImage: {
    method: 'GET',
    path: '/base-images/{base}',
    who: 'viewer',
    request: requests.baseImageRequest,
    answer: answers.baseImageAnswer,
  },
  policy: {
    method: 'GET',
    path: '/policy',
    who: 'viewer',
    request: requests.nothing,
    answer: answers.policyAnswer,
  },
  policyHistory: {
    method: 'GET',
    path: '/policy/history',
    who: 'viewer',
    request: requests.policyHistoryRequest,
    answer: answers.policyHistoryAnswer,
  },
  changePolicy: {
    method: 'PUT',
    path: '/policy',
    who: 'operator',
    request: requests.changePolicyRequest,
    answer: answers.changePolicyAnswer,
  },
  applyTemplates: {
    method: 'POST',
    path: '/templates',
    who: 'operator',
    request: requests.applyTemplatesRequest,
    answer: answers.applyTemplatesAnswer,
  },
  buildTemplate: {
    method: 'POST',
    path: '/templates/{slug}/build',
    who: 'operator',
    request: requests.buildTemplateRequest,
    answer: answers.buildTemplateAnswer,
  },
  buildSecurityUpdate: {
    method: 'POST',
    path: '/security-update/build',
    who: 'operator',
    request: requests.buildSecurityUpdateRequest,
    answer: answers.buildSecurityUpdateAnswer,
  },
  cancel: {
    method: 'POST',
    path: '/builds/{id}/cancel',
    who: 'operator',
    request: requests.cancelRequest,
    answer: answers.cancelAnswer,
  },
  approve: {
    method: 'POST',
    path: '/builds/{id}/approve',
    who: 'approver',
    request: requests.approveRequest,
    answer: answers.approveAnswer,
  },
  prioritize: {
    method: 'POST',
    path: '/builds/{id}/priority',
    who: 'operator',
    request: requests.prioritizeRequest,
    answer: answers.prioritizeAnswer,
  },
  promote: {
    method: 'POST',
    path: '/templates/{slug}/promote',
    who: 'operator',
    request: requests.activeAmiRequest,
    answer: answers.activeAmiAnswer,
  },
  rollback: {
    method: 'POST',
    path: '/templates/{slug}/rollback',
    who: 'operator',
    request: requests.activeAmiRequest,
    answer: answers.activeAmiAnswer,
  },
  enableTemplate: {
    method: 'POST',
    path: '/templates/{slug}/enable',
    who: 'operator',
    request: requests.enableTemplateRequest,
    answer: answers.enableTemplateAnswer,
  },
  disableTemplate: {
    method: 'POST',
    path: '/templates/{slug}/disable',
    who: 'operator',
    request: requests.verdictRequest,
    answer: answers.templateChangedAnswer,
  },
  pauseTemplate: {
    method: 'POST',
    path: '/templates/{slug}/pause',
    who: 'operator',
    request: requests.verdictRequest,
    answer: answers.templateChangedAnswer,
  },
  unpauseTemplate: {
    method: 'POST',
    path: '/templates/{slug}/unpause',
    who: 'operator',
    request: requests.unpauseRequest,
    answer: answers.templateChangedAnswer,
  },
  scan: {
    method: 'POST',
    path: '/scan',
    who: 'operator',
    request: requests.nothing,
    answer: answers.scanStartedAnswer,
  },
  mode: {
    method: 'POST',
    path: '/mode',
    who: 'operator',
    request: requests.modeRequest,
    answer: answers.modeAnswer,
  },
} as const satisfies Record<string, Route>;

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
