import * as answers from '../answers.ts';
import * as requests from '../requests.ts';
import type { Route } from '../route.ts';

/** Asking for builds, and deciding about those that wait or run. */
export const buildingRoutes = {
  scan: {
    method: 'POST',
    path: '/scan',
    who: 'operator',
    request: requests.nothing,
    answer: answers.scanStartedAnswer,
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
} as const satisfies Record<string, Route>;
