import { dynamoPriceCache } from '../../aws/prices/priceCache.ts';
import { awsPrices } from '../../aws/prices.ts';
import { ENV } from '../../contract.ts';
import type { Deployment } from '../deployment.ts';
import { tableClient } from './table.ts';

/** The price list, asked once a day by all functions together. */
export const prices = {
  prices: (deployment: Deployment) => {
    const { now, log } = deployment.basics;
    const tableName = deployment.environment(ENV.TABLE_NAME);
    return awsPrices({
      now,
      log,
      cache: dynamoPriceCache({ client: tableClient(deployment), tableName, now }),
    });
  },
};
