import { checkPackages } from '../src/app/checkPackages.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { imageBuilder } from '../src/runtime/parts/imageBuilder.ts';
import { packageAdvisories } from '../src/runtime/parts/packageAdvisories.ts';
import { table } from '../src/runtime/parts/table.ts';

/** The clock says nothing but that it is time. */
const tick = (): undefined => undefined;

export const handler = lambdaHandler(tick, checkPackages, {
  ...table,
  ...imageBuilder,
  ...packageAdvisories,
});
