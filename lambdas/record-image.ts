import { recordImage } from '../src/app/recordImage.ts';
import { parseBuildStep } from '../src/incoming/buildStep.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { imageBuilder } from '../src/runtime/parts/imageBuilder.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseBuildStep, recordImage, { ...table, ...imageBuilder });
