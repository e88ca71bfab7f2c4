import type { Instant } from '../words.ts';

/** States of an instance that exists, or comes back with its old disk when it is started again. */
export const INSTANCE_STATES = ['pending', 'running', 'stopping', 'stopped'] as const;
export type InstanceState = (typeof INSTANCE_STATES)[number];

/** An instance of the account, as EC2 tells it. */
export interface Instance {
  readonly instanceId: string;
  readonly region: string;
  /** The AMI it was launched from, which may be gone. */
  readonly imageId: string;
  readonly state: InstanceState;
  readonly launchedAt: Instant;
  readonly tags: Readonly<Record<string, string>>;
}
