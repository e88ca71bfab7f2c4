import * as answers from '../answers.ts';
import * as requests from '../requests.ts';
import type { Route } from '../route.ts';

/** The policy and its mode. */
export const policyRoutes = {
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
  mode: {
    method: 'POST',
    path: '/mode',
    who: 'operator',
    request: requests.modeRequest,
    answer: answers.modeAnswer,
  },
} as const satisfies Record<string, Route>;
