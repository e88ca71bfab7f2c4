import { feedPackageAdvisories } from '../../feeds/packageAdvisories.ts';
import type { Deployment } from '../deployment.ts';
import { feedsOf } from './feeds.ts';

/** What the public feeds say of the packages of our images. */
export const packageAdvisories = {
  packageAdvisories: (deployment: Deployment) => feedPackageAdvisories(feedsOf(deployment)),
};
