import { PricingClient } from '@aws-sdk/client-pricing';
import { partitionOf } from '../core/base-images/servedIn.ts';
import type { UnitPrices } from '../core/money/estimate.ts';
import { fallbackPrices } from '../core/money/fallbackPrices.ts';
import type { PricedInstance } from '../core/money/pricedInstance.ts';
import { DAY, HOUR, type Instant } from '../core/words.ts';
import type { Clock, Log, Prices } from '../ports.ts';
import { perRegion } from './clients.ts';
import type { PriceCache } from './prices/priceCache.ts';
import { listedPrices } from './prices/priceList.ts';

export interface PricesOptions {
  readonly now: Clock;
  readonly log: Log;
  readonly cache: PriceCache;
  readonly pricing?: PricingClient;
}

/** The Price List has endpoints in few regions; each knows the prices of all. */
const PRICE_LIST_REGION = 'us-east-1';

/** How long the shipped table does where the Price List did not answer; it is asked again then. */
const FALLBACK_KEPT = HOUR;

interface Answer {
  readonly prices: UnitPrices | undefined;
  readonly until: Instant;
}

/**
 * On-demand prices from the AWS Price List, asked for once a day and remembered by this function and by the
 * cache. No build waits for a price list: if it does not answer soon, the table shipped with us does, which errs high.
 *
 * Action: pricing:GetProducts.
 */
export function awsPrices({ now, log, cache, pricing = quickClient() }: PricesOptions): Prices {
  const remembered = new Map<string, Promise<Answer>>();
  let warned = false;

  const ask = async (instance: PricedInstance): Promise<Answer> => {
    try {
      const kept = await cache.get(instance);
      const listed = kept ?? (await listedPrices(pricing, instance));
      if (kept === undefined && listed !== undefined) await cache.put(instance, listed);
      return { prices: listed ?? fallbackPrices(instance), until: now() + DAY };
    } catch (error) {
      if (!warned) log.warn('the price list does not answer, the shipped prices do', { error });
      warned = true;
      return { prices: fallbackPrices(instance), until: now() + FALLBACK_KEPT };
    }
  };

  return {
    async unit(instance) {
      const { region, instanceType, operatingSystem } = instance;
      // The lists of the other partitions are lists of their own, one of them in another currency.
      if (partitionOf(region) !== 'aws') return fallbackPrices(instance);
      const key = `${region}/${instanceType}/${operatingSystem}`;
      const before = await remembered.get(key);
      if (before !== undefined && before.until > now()) return before.prices;
      const answer = ask(instance);
      remembered.set(key, answer);
      return (await answer).prices;
    },
  };
}

function quickClient(): PricingClient {
  return perRegion(PricingClient, {
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  })(PRICE_LIST_REGION);
}
