import { retireImages } from '../src/app/retireImages.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { amiLifecycle } from '../src/runtime/parts/amiLifecycle.ts';
import { imageBuilder } from '../src/runtime/parts/imageBuilder.ts';
import { table } from '../src/runtime/parts/table.ts';

/** The clock says nothing but that it is time. */
const tick = (): undefined => undefined;

export const handler = lambdaHandler(tick, retireImages, {
  ...table,
  ...amiLifecycle,
  ...imageBuilder,
});
