import { requestBuilds } from '../src/app/requestBuilds.ts';
import { parseOurEvent } from '../src/incoming/ourEvent.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseOurEvent, requestBuilds, table);
