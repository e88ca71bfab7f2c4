import { startImage } from '../src/app/startImage.ts';
import { parseBuildStep } from '../src/incoming/buildStep.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { imageBuilder } from '../src/runtime/parts/imageBuilder.ts';
import { parentImages } from '../src/runtime/parts/parentImages.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseBuildStep, startImage, {
  ...table,
  ...imageBuilder,
  ...parentImages,
});
