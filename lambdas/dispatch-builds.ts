import { dispatchBuilds } from '../src/app/dispatchBuilds.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { executions } from '../src/runtime/parts/executions.ts';
import { prices } from '../src/runtime/parts/prices.ts';
import { table } from '../src/runtime/parts/table.ts';

/** The clock and a batch of hints say the same: somebody may be able to go on. */
const anyHint = (): undefined => undefined;

export const handler = lambdaHandler(anyHint, dispatchBuilds, { ...table, ...prices, ...executions });
