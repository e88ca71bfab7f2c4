import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Alarms } from './alarms.ts';

/** What every part of the hub is built with. */
export interface House {
  /** Of all functions: `<name>.mjs` exports the handler of each. */
  readonly code: Code;
  readonly alarms: Alarms;
  /** `DeploymentSettings` as JSON. */
  readonly settings: string;
  readonly logRetention: RetentionDays;
  /** Queues and topics refuse plain HTTP; only the local AWS has nothing else. */
  readonly tlsOnly: boolean;
}
