import type { Operations } from '../../api/routes.ts';
import type { Services } from '../../ports.ts';
import { applyTemplates } from './applyTemplates.ts';
import { approve } from './approve.ts';
import { baseImage, baseImages } from './baseImages.ts';
import { budget } from './budget.ts';
import { builds } from './builds.ts';
import { buildSecurityUpdate } from './buildSecurityUpdate.ts';
import { buildTemplate } from './buildTemplate.ts';
import { cancel } from './cancel.ts';
import { changePolicy } from './changePolicy.ts';
import { enableTemplate } from './enableTemplate.ts';
import { compareBaseImages } from './compareBaseImages.ts';
import { explain } from './explain.ts';
import { images } from './images.ts';
import { mode } from './mode.ts';
import { notifications } from './notifications.ts';
import { plan } from './plan.ts';
import { policy } from './policy.ts';
import { policyHistory } from './policyHistory.ts';
import { prioritize } from './prioritize.ts';
import { promote } from './promote.ts';
import { queue } from './queue.ts';
import { rollback } from './rollback.ts';
import { scan } from './scan.ts';
import { securityStatus } from './securityStatus.ts';
import { staleInstances } from './staleInstances.ts';
import { status } from './status.ts';
import { disableTemplate, pauseTemplate, unpauseTemplate } from './templateVerdicts.ts';
import { templates } from './templates.ts';

export type ControlServices = Pick<
  Services,
  | 'now'
  | 'sha256'
  | 'log'
  | 'settings'
  | 'commits'
  | 'baseImages'
  | 'regionBuilds'
  | 'targets'
  | 'amis'
  | 'packageLists'
  | 'packageChecks'
  | 'instances'
  | 'amiParameters'
  | 'amiLifecycle'
  | 'templates'
  | 'policies'
  | 'pots'
  | 'slots'
  | 'launches'
  | 'scanReports'
  | 'activity'
  | 'evidence'
  | 'imageBuilder'
  | 'imageLookup'
  | 'executions'
  | 'prices'
  | 'scans'
  | 'firstPolicy'
>;

/** What stands behind the routes of the control API (src/api/routes.ts). */
export function operations(services: ControlServices): Operations {
  return {
    status: () => status(services),
    queue: (request) => queue(request, services),
    plan: (request) => plan(request, services),
    budget: () => budget(services),
    builds: (request) => builds(request, services),
    securityStatus: () => securityStatus(services),
    notifications: (request) => notifications(request, services),
    explain: (request) => explain(request, services),
    images: (request) => images(request, services),
    staleInstances: (request) => staleInstances(request, services),
    templates: () => templates(services),
    baseImages: () => baseImages(services),
    baseImage: (request) => baseImage(request, services),
    compareBaseImages: (request) => compareBaseImages(request, services),
    policy: () => policy(services),
    policyHistory: (request) => policyHistory(request, services),
    changePolicy: (request, caller) => changePolicy(request, caller, services),
    applyTemplates: (request, caller) => applyTemplates(request, caller, services),
    buildTemplate: (request, caller) => buildTemplate(request, caller, services),
    buildSecurityUpdate: (request, caller) => buildSecurityUpdate(request, caller, services),
    cancel: (request, caller) => cancel(request, caller, services),
    approve: (request, caller) => approve(request, caller, services),
    prioritize: (request, caller) => prioritize(request, caller, services),
    promote: (request, caller) => promote(request, caller, services),
    rollback: (request, caller) => rollback(request, caller, services),
    enableTemplate: (request, caller) => enableTemplate(request, caller, services),
    disableTemplate: (request, caller) => disableTemplate(request, caller, services),
    pauseTemplate: (request, caller) => pauseTemplate(request, caller, services),
    unpauseTemplate: (request) => unpauseTemplate(request, services),
    scan: () => scan(services),
    mode: (request, caller) => mode(request, caller, services),
  };
}
