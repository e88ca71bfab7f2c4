import { awsBaseImageSource } from '../../aws/baseImageSource.ts';
import type { Deployment } from '../deployment.ts';

/** Parameters and images of vendors, in every region. */
export const baseImageSource = {
  baseImageSource: ({ basics }: Deployment) => awsBaseImageSource({ now: basics.now }),
};
