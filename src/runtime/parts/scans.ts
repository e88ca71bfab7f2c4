import { awsScans } from '../../aws/scans.ts';
import { ENV } from '../../contract.ts';
import type { Deployment } from '../deployment.ts';

export const scans = {
  scans: ({ environment, basics }: Deployment) =>
    awsScans({
      homeRegion: basics.settings.homeRegion,
      functionName: environment(ENV.CHECK_BASE_IMAGES_FUNCTION),
    }),
};
