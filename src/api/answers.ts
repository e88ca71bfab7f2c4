/** What the control API answers, by route: schemas for the contract and types for views and operations. */
export * from './answers/baseImages.ts';
export * from './answers/budget.ts';
export * from './answers/builds.ts';
export * from './answers/findings.ts';
export * from './answers/images.ts';
export * from './answers/notifications.ts';
export * from './answers/plan.ts';
export * from './answers/policy.ts';
export * from './answers/securityStatus.ts';
export * from './answers/staleInstances.ts';
export * from './answers/status.ts';
export * from './answers/templates.ts';
