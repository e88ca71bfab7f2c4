import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { AmiParameters } from '../ports.ts';
import { unless } from './awsError.ts';
import { perRegion, type ForRegion } from './clients.ts';

export interface AmiParametersOptions {
  readonly ssm?: ForRegion<SSMClient>;
}

/**
 * Published AMI ids as SSM parameters of data type `aws:ec2:image`, so that launch templates and CloudFormation take
 * them. AWS checks such a value after it has answered, and drops one that is no image of the region: only `get` tells.
 *
 * Actions: ssm:PutParameter, ssm:GetParameter; the check needs ec2:DescribeImages.
 */
export function awsAmiParameters({ ssm = perRegion(SSMClient) }: AmiParametersOptions = {}): AmiParameters {
  return {
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
    },
    async get(region, name) {
      const answer = await unless(['ParameterNotFound'], undefined, () =>
        ssm(region).send(new GetParameterCommand({ Name: name })),
      );
      return answer?.Parameter?.Value;
    },
  };
}
