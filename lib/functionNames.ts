/** Every function of the hub: `lambdas/<name>.ts`, exporting `handler`. */
export const FUNCTION_NAMES = [
  'check-base-images',
  'publish-changes',
  'assess-update',
  'check-packages',
  'retire-images',
  'request-builds',
  'start-execution',
  'dispatch-builds',
  'check-budget',
  'start-image',
  'record-image',
  'publish-image',
  'record-failure',
  'resume-build',
  'reconcile',
  'notify',
  'control-api',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];
