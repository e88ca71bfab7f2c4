import { awsFirstPolicy } from '../../aws/firstPolicy.ts';
import type { Deployment } from '../deployment.ts';

export const firstPolicy = {
  firstPolicy: ({ basics }: Deployment) => awsFirstPolicy({ settings: basics.settings }),
};
