import * as answers from '../answers.ts';
import * as requests from '../requests.ts';
import type { Route } from '../route.ts';

/** What people say about templates and their images. */
export const templatesRoutes = {
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
} as const satisfies Record<string, Route>;
