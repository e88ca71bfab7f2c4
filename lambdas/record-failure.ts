import { recordFailure } from '../src/app/recordFailure.ts';
import { parseFailedStep } from '../src/incoming/buildStep.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { imageBuilder } from '../src/runtime/parts/imageBuilder.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseFailedStep, recordFailure, { ...table, ...imageBuilder });
