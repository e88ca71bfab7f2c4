import { publishImage } from '../src/app/publishImage.ts';
import { parseBuildStep } from '../src/incoming/buildStep.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { amiLifecycle } from '../src/runtime/parts/amiLifecycle.ts';
import { amiParameters } from '../src/runtime/parts/amiParameters.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseBuildStep, publishImage, {
  ...table,
  ...amiParameters,
  ...amiLifecycle,
});
