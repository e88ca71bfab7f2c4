import { awsAmiLifecycle } from '../../aws/amiLifecycle.ts';
import type { Deployment } from '../deployment.ts';

/** The way out of AMIs, in EC2 of every region. */
export const amiLifecycle = {
  amiLifecycle: ({ basics }: Deployment) => awsAmiLifecycle({ now: basics.now }),
};
