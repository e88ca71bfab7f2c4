import { operations } from '../src/app/control/operations.ts';
import { apiHandler } from '../src/runtime/apiHandler.ts';
import { amiLifecycle } from '../src/runtime/parts/amiLifecycle.ts';
import { amiParameters } from '../src/runtime/parts/amiParameters.ts';
import { evidenceInTime } from '../src/runtime/parts/evidence.ts';
import { executions } from '../src/runtime/parts/executions.ts';
import { firstPolicy } from '../src/runtime/parts/firstPolicy.ts';
import { imageBuilder } from '../src/runtime/parts/imageBuilder.ts';
import { imageLookup } from '../src/runtime/parts/imageLookup.ts';
import { instances } from '../src/runtime/parts/instances.ts';
import { prices } from '../src/runtime/parts/prices.ts';
import { scans } from '../src/runtime/parts/scans.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = apiHandler(operations, {
  ...table,
  ...prices,
  ...evidenceInTime,
  ...imageBuilder,
  ...imageLookup,
  ...executions,
  ...amiParameters,
  ...amiLifecycle,
  ...instances,
  ...scans,
  ...firstPolicy,
});
