import { checkBudget } from '../src/app/checkBudget.ts';
import { parseBuildStep } from '../src/incoming/buildStep.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseBuildStep, checkBudget, { ...table });
