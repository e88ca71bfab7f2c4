import { notify } from '../src/app/notify.ts';
import { parseOurEvent } from '../src/incoming/ourEvent.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { notices } from '../src/runtime/parts/notices.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseOurEvent, notify, { ...table, ...notices });
