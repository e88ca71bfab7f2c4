import { startExecution } from '../src/app/startExecution.ts';
import { parseRegionBuildEvent } from '../src/incoming/ourEvent.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { executions } from '../src/runtime/parts/executions.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseRegionBuildEvent, startExecution, { ...table, ...executions });
