import { awsExecutions } from '../../aws/executions.ts';
import { ENV } from '../../contract.ts';
import type { Deployment } from '../deployment.ts';

/** The executions of `compile-template`. */
export const executions = {
  executions: ({ environment, basics }: Deployment) =>
    awsExecutions({
      homeRegion: basics.settings.homeRegion,
      stateMachineArn: environment(ENV.STATE_MACHINE_ARN),
    }),
};
