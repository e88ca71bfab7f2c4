import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SCAN_ALL } from '../contract.ts';
import type { Scans } from '../ports.ts';
import { perRegion } from './clients.ts';

export interface ScansOptions {
  readonly homeRegion: string;
  /** Name of the function `check-base-images`. */
  readonly functionName: string;
  readonly lambda?: LambdaClient;
}

/**
 * Starts a scan by invoking its function, without waiting for it to end.
 *
 * Action: lambda:InvokeFunction.
 */
export function awsScans({
  homeRegion,
  functionName,
  lambda = perRegion(LambdaClient)(homeRegion),
}: ScansOptions): Scans {
  return {
    async start() {
      await lambda.send(
        new InvokeCommand({
          FunctionName: functionName,
          InvocationType: 'Event',
          Payload: JSON.stringify(SCAN_ALL),
        }),
      );
    },
  };
}
