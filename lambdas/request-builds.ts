import { heedHint } from '../src/app/heedHint.ts';
import { parseBuildHint } from '../src/incoming/buildHint.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseBuildHint, heedHint, table);
