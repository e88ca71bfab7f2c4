import { z } from 'zod';
import { MICRO_DOLLARS_PER_DOLLAR, type MicroDollars } from '../../core/words.ts';

/** A product of the Price List, as far as it is needed: a JSON text in its answer (aws-facts §5). */
const product = z.object({
  product: z.object({ attributes: z.looseObject({ usagetype: z.string().default('') }) }),
  terms: z.object({
    OnDemand: z
      .record(
        z.string(),
        z.object({
          priceDimensions: z.record(
            z.string(),
            z.object({ unit: z.string(), pricePerUnit: z.object({ USD: z.string() }) }),
          ),
        }),
      )
      .default({}),
  }),
});

/** Which of the listed products are meant, and in which unit. */
export interface ProductRule {
  /** `Hrs` or `GB-Mo`. */
  readonly unit: string;
  /** How the usage type ends; outside of us-east-1 a region stands before it, such as `EUC1-EBS:SnapshotUsage`. */
  readonly usage?: string;
}

/** The highest price of the products that are meant; undefined if there is none. Free ones are entries of reservations. */
export function highestPrice(
  texts: readonly string[],
  { unit, usage = '' }: ProductRule,
): MicroDollars | undefined {
  const prices = texts
    .map((text) => product.parse(JSON.parse(text)))
    .filter(({ product: { attributes } }) => isUsage(attributes.usagetype, usage))
    .flatMap(({ terms }) => Object.values(terms.OnDemand))
    .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    .filter((dimension) => dimension.unit === unit)
    .map(({ pricePerUnit }) => Math.ceil(Number(pricePerUnit.USD) * MICRO_DOLLARS_PER_DOLLAR))
    .filter((price) => price > 0);
  return prices.length === 0 ? undefined : Math.max(...prices);
}

/** `EUC1-EBS:SnapshotUsage` and `EBS:SnapshotUsage` are the same usage, `EBS:SnapshotUsageUnderBilling` is another. */
function isUsage(usageType: string, usage: string): boolean {
  return usage === '' || usageType === usage || usageType.endsWith(`-${usage}`);
}
