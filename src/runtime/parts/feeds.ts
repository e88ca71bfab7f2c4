import { awsFeedCache } from '../../aws/feedCache.ts';
import { ENV } from '../../contract.ts';
import { DEFAULT_POLICY } from '../../core/policy/policy.ts';
import type { FeedEvidenceOptions } from '../../feeds/feedEvidence.ts';
import type { Deployment } from '../deployment.ts';
import { table, tableClient } from './table.ts';

/** How this deployment reads the public feeds: by its policy of the moment, with what was read kept in its table. */
export function feedsOf(deployment: Deployment): FeedEvidenceOptions {
  const { now, log } = deployment.basics;
  const tableName = deployment.environment(ENV.TABLE_NAME);
  return {
    fetch,
    now,
    log,
    cache: awsFeedCache({ client: tableClient(deployment), tableName, now }),
    policy: async () => ((await table.policies(deployment).current())?.policy ?? DEFAULT_POLICY).evidence,
  };
}
