import { resumeBuild } from '../src/app/resumeBuild.ts';
import { parseImageChange } from '../src/incoming/imageChange.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { executions } from '../src/runtime/parts/executions.ts';
import { imageBuilder } from '../src/runtime/parts/imageBuilder.ts';
import { table } from '../src/runtime/parts/table.ts';

export const handler = lambdaHandler(parseImageChange, resumeBuild, {
  ...table,
  ...imageBuilder,
  ...executions,
});
