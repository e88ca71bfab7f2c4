import { checkBaseImages } from '../src/app/checkBaseImages.ts';
import { parseScanRequest } from '../src/incoming/scanRequest.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { baseImageSource } from '../src/runtime/parts/baseImageSource.ts';
import { table } from '../src/runtime/parts/table.ts';
import { countingScans } from '../src/runtime/scanMetric.ts';

const scan = countingScans(checkBaseImages);

export const handler = lambdaHandler(parseScanRequest, scan, { ...table, ...baseImageSource });
