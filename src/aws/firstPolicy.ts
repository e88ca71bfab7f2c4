import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { FirstPolicy } from '../ports.ts';
import type { DeploymentSettings } from '../settings.ts';
import { unless } from './awsError.ts';
import { perRegion } from './clients.ts';

export interface FirstPolicyOptions {
  readonly settings: Pick<DeploymentSettings, 'homeRegion' | 'firstPolicyParameter'>;
  readonly ssm?: SSMClient;
}

/**
 * The policy the stacks put into a parameter of the home region (docs/adr/0004). A parameter that somebody deleted
 * is none: the built-in policy holds then, which changes nothing in the account.
 *
 * Action: ssm:GetParameter.
 */
export function awsFirstPolicy({
  settings: { homeRegion, firstPolicyParameter },
  ssm = perRegion(SSMClient)(homeRegion),
}: FirstPolicyOptions): FirstPolicy {
  return {
    async read() {
      if (firstPolicyParameter === undefined) return undefined;
      const answer = await unless(['ParameterNotFound'], undefined, () =>
        ssm.send(new GetParameterCommand({ Name: firstPolicyParameter })),
      );
      return answer?.Parameter?.Value;
    },
  };
}
