import { setTimeout } from 'node:timers/promises';
import {
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { chunks } from '../core/chunks.ts';
import type { Milliseconds } from '../core/words.ts';
import type { AmiParameters } from '../ports.ts';
import { unless } from './awsError.ts';
import { MOST_NAMES } from './base-images/readParameters.ts';
import { perRegion, type ForRegion } from './clients.ts';

export interface AmiParametersOptions {
  readonly ssm?: ForRegion<SSMClient>;
  readonly sleep?: (time: Milliseconds) => Promise<unknown>;
}

/**
 * Between looks at a value that was put. AWS names no figure for its check; to wait a moment here is cheaper than to
 * end, and to be run by Step Functions once more.
 */
const PAUSES: readonly Milliseconds[] = [100, 200, 400, 800, 1_500];

/**
 * Published AMI ids as SSM parameters of data type `aws:ec2:image`, so that launch templates and CloudFormation take
 * them. AWS checks such a value after it has answered, and drops one that is no image of the region: only `get` tells.
 *
 * Actions: ssm:PutParameter, ssm:GetParameter, ssm:GetParameters; the check needs ec2:DescribeImages.
 */
export function awsAmiParameters({
  ssm = perRegion(SSMClient),
  sleep = setTimeout,
}: AmiParametersOptions = {}): AmiParameters {
  const get = async (region: string, name: string): Promise<string | undefined> => {
    const answer = await unless(['ParameterNotFound'], undefined, () =>
      ssm(region).send(new GetParameterCommand({ Name: name })),
    );
    return answer?.Parameter?.Value;
  };
  return {
    get,
    async several(region, names) {
      const values = new Map<string, string>();
      for (const Names of chunks(names, MOST_NAMES)) {
        const { Parameters = [] } = await ssm(region).send(new GetParametersCommand({ Names }));
        for (const { Name, Value } of Parameters)
          if (Name !== undefined && Value !== undefined) values.set(Name, Value);
      }
      return values;
    },
    async put(region, name, amiId) {
      await ssm(region).send(
        new PutParameterCommand({
          Name: name,
          Value: amiId,
          Type: 'String',
          DataType: 'aws:ec2:image',
          Overwrite: true,
        }),
      );
      let reads: string | undefined;
      for (const pause of PAUSES) {
        await sleep(pause);
        reads = await get(region, name);
        if (reads === amiId) break;
      }
      return reads;
    },
  };
}
