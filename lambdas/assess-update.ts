import { assessUpdate } from '../src/app/assessUpdate.ts';
import { parseUpdateEvent } from '../src/incoming/ourEvent.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { evidence } from '../src/runtime/parts/evidence.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseUpdateEvent, assessUpdate, { ...table, ...evidence });
