import * as answers from '../answers.ts';
import * as requests from '../requests.ts';
import type { Route } from '../route.ts';

/** What is and was, and what would be. */
export const readingRoutes = {
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
  securityStatus: {
    method: 'GET',
    path: '/security-status',
    who: 'viewer',
    request: requests.nothing,
    answer: answers.securityStatusAnswer,
  },
  notifications: {
    method: 'GET',
    path: '/notifications',
    who: 'viewer',
    request: requests.notificationsRequest,
    answer: answers.notificationsAnswer,
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
  staleInstances: {
    method: 'GET',
    path: '/stale-instances',
    who: 'viewer',
    request: requests.staleInstancesRequest,
    answer: answers.staleInstancesAnswer,
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
  compareBaseImages: {
    method: 'GET',
    path: '/base-images/{base}/comparison',
    who: 'viewer',
    request: requests.comparisonRequest,
    answer: answers.comparisonAnswer,
  },
} as const satisfies Record<string, Route>;
