import { reconcile } from '../src/app/reconcile.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { amiLifecycle } from '../src/runtime/parts/amiLifecycle.ts';
import { amiParameters } from '../src/runtime/parts/amiParameters.ts';
import { evidence } from '../src/runtime/parts/evidence.ts';
import { executions } from '../src/runtime/parts/executions.ts';
import { firstPolicy } from '../src/runtime/parts/firstPolicy.ts';
import { imageBuilder } from '../src/runtime/parts/imageBuilder.ts';
import { table } from '../src/runtime/parts/table.ts';

/** The clock says nothing but that it is time. */
const tick = (): undefined => undefined;

export const handler = lambdaHandler(tick, reconcile, {
  ...table,
  ...evidence,
  ...imageBuilder,
  ...executions,
  ...amiParameters,
  ...amiLifecycle,
  ...firstPolicy,
});
