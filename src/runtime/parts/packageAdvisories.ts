import { awsFeedCache } from '../../aws/feedCache.ts';
import { ENV } from '../../contract.ts';
import { DEFAULT_POLICY } from '../../core/policy/policy.ts';
import { feedPackageAdvisories } from '../../feeds/packageAdvisories.ts';
import type { Deployment } from '../deployment.ts';
import { table, tableClient } from './table.ts';

/** What the public feeds say of the packages of our images. */
export const packageAdvisories = {
  packageAdvisories: (deployment: Deployment) => {
    const { now, log } = deployment.basics;
    const tableName = deployment.environment(ENV.TABLE_NAME);
    return feedPackageAdvisories({
      fetch,
      now,
      log,
      cache: awsFeedCache({ client: tableClient(deployment), tableName, now }),
      policy: async () => ((await table.policies(deployment).current())?.policy ?? DEFAULT_POLICY).evidence,
    });
  },
};
