import { GetProductsCommand, type PricingClient } from '@aws-sdk/client-pricing';
import type { UnitPrices } from '../../core/money/estimate.ts';
import { copyPrice } from '../../core/money/fallbackPrices.ts';
import type { OperatingSystem, PricedInstance } from '../../core/money/pricedInstance.ts';
import type { MicroDollars } from '../../core/words.ts';
import { highestPrice, type ProductRule } from './product.ts';

/** On demand, nothing installed, on shared hosts: what Image Builder's instances are. */
const INSTANCE = {
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  tenancy: 'Shared',
  marketoption: 'OnDemand',
};
/** What the Price List calls them. A subscription is part of the price: of several licence models the dearest counts. */
const SYSTEMS: Readonly<Record<OperatingSystem, string>> = {
  linux: 'Linux',
  rhel: 'RHEL',
  suse: 'SUSE',
  windows: 'Windows',
};
const VOLUME = { productFamily: 'Storage', volumeApiName: 'gp3' };
const SNAPSHOT = { productFamily: 'Storage Snapshot' };

/** One call each lists everything that is asked for here. */
const MOST_PRODUCTS = 100;

/**
 * Prices of a region as the AWS Price List has them; undefined if it does not know the instance type with that system
 * there, or a part of it. What several products could mean costs the dearest of them: a reservation is a ceiling.
 */
export async function listedPrices(
  pricing: PricingClient,
  { region, instanceType, operatingSystem }: PricedInstance,
): Promise<UnitPrices | undefined> {
  const priceOf = async (
    filters: Readonly<Record<string, string>>,
    rule: ProductRule,
  ): Promise<MicroDollars | undefined> => {
    const answer: { readonly PriceList?: unknown } = await pricing.send(
      new GetProductsCommand({
        ServiceCode: 'AmazonEC2',
        Filters: Object.entries({ regionCode: region, ...filters }).map(([Field, Value]) => ({
          Type: 'TERM_MATCH' as const,
          Field,
          Value,
        })),
        MaxResults: MOST_PRODUCTS,
      }),
    );
    // Products come as JSON in texts, which the SDK wraps in objects of its own.
    const { PriceList: products } = answer;
    return highestPrice(Array.isArray(products) ? products.map(String) : [], rule);
  };
  const [instanceHour, volumeGbMonth, snapshotGbMonth] = await Promise.all([
    priceOf({ ...INSTANCE, instanceType, operatingSystem: SYSTEMS[operatingSystem] }, { unit: 'Hrs' }),
    priceOf(VOLUME, { unit: 'GB-Mo', usage: 'EBS:VolumeUsage.gp3' }),
    priceOf(SNAPSHOT, { unit: 'GB-Mo', usage: 'EBS:SnapshotUsage' }),
  ]);
  if (instanceHour === undefined || volumeGbMonth === undefined || snapshotGbMonth === undefined)
    return undefined;
  // Listed by pairs of regions, among other kinds of transfer; the shipped price is the dearest of them.
  return { instanceHour, volumeGbMonth, snapshotGbMonth, copyGb: copyPrice(region) };
}
