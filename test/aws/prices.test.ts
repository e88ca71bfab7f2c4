import { PricingClient } from '@aws-sdk/client-pricing';
import { expect, test } from 'vitest';
import type { PriceCache } from '../../src/aws/prices/priceCache.ts';
import { awsPrices } from '../../src/aws/prices.ts';
import type { UnitPrices } from '../../src/core/money/estimate.ts';
import { copyPrice, fallbackPrices } from '../../src/core/money/fallbackPrices.ts';
import { DAY, HOUR } from '../../src/core/words.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import { aJsonService, SOME_KEYS, type Answer } from './localServer.ts';
import type { PricedInstance } from '../../src/core/money/pricedInstance.ts';

const linux = (region: string, instanceType: string): PricedInstance => ({
  region,
  instanceType,
  operatingSystem: 'linux',
});

/** A product as the Price List writes it (botocore, pricing/examples-1.json), cut to what matters. */
const product = (usagetype: string, unit: string, ...dollars: readonly string[]): string =>
  JSON.stringify({
    product: { productFamily: 'Any', attributes: { servicecode: 'AmazonEC2', usagetype }, sku: 'S' },
    serviceCode: 'AmazonEC2',
    terms: {
      OnDemand: {
        'S.JRTCKXETXF': {
          priceDimensions: Object.fromEntries(
            dollars.map((USD, i) => [`S.JRTCKXETXF.${i}`, { unit, pricePerUnit: { USD }, description: '' }]),
          ),
        },
      },
      Reserved: {},
    },
  });

const INSTANCE = [product('EUC1-BoxUsage:m7i.large', 'Hrs', '0.1197000000')];
const STORAGE = [product('EUC1-EBS:VolumeUsage.gp3', 'GB-Mo', '0.0952000000')];
const SNAPSHOT = [
  product('EUC1-EBS:SnapshotUsage', 'GB-Mo', '0.0540000000'),
  product('EUC1-EBS:SnapshotUsageUnderBilling', 'GB-Mo', '9.0000000000'),
];

interface PriceListFilter {
  readonly Field: string;
  readonly Value: string;
}

/** A price list with these instances, and what was asked of it. */
async function aPriceList(
  instances:
    readonly string[] | ((filters: Readonly<Record<string, string>>) => readonly string[]) = INSTANCE,
  refusal?: Answer,
) {
  const asked: Readonly<Record<string, string>>[] = [];
  const endpoint = await aJsonService(({ body }) => {
    const filters = Object.fromEntries(
      (body['Filters'] as PriceListFilter[]).map(({ Field, Value }) => [Field, Value]),
    );
    asked.push(filters);
    if (refusal !== undefined) return refusal;
    const family = filters['productFamily'];
    const found = typeof instances === 'function' ? instances(filters) : instances;
    const PriceList = family === 'Storage' ? STORAGE : family === 'Storage Snapshot' ? SNAPSHOT : found;
    return { body: { FormatVersion: 'aws_v1', PriceList } };
  });
  const client = { endpoint, region: 'us-east-1', credentials: SOME_KEYS, maxAttempts: 1 };
  return { asked, pricing: new PricingClient(client) };
}

/** A cache in memory, with all it holds. */
function aCache(): PriceCache & { readonly kept: Map<string, UnitPrices> } {
  const kept = new Map<string, UnitPrices>();
  const keyOf = ({ region, instanceType, operatingSystem }: PricedInstance) =>
    `${region}/${instanceType}/${operatingSystem}`;
  return {
    kept,
    get: async (of) => kept.get(keyOf(of)),
    put: async (of, prices) => void kept.set(keyOf(of), prices),
  };
}

function setUp(pricing: PricingClient) {
  const clock = { now: Date.UTC(2026, 10, 24) };
  const log = memoryLog();
  const cache = aCache();
  const make = () => awsPrices({ now: () => clock.now, log, cache, pricing });
  return { clock, log, cache, make, prices: make() };
}

const LISTED: UnitPrices = {
  instanceHour: 119_700,
  volumeGbMonth: 95_200,
  snapshotGbMonth: 54_000,
  copyGb: copyPrice('eu-central-1'),
};

test('prices are those of the price list, for what Image Builder starts', async () => {
  const { asked, pricing } = await aPriceList();
  const { prices } = setUp(pricing);
  expect(await prices.unit(linux('eu-central-1', 'm7i.large'))).toEqual(LISTED);
  expect(asked).toContainEqual({
    regionCode: 'eu-central-1',
    instanceType: 'm7i.large',
    operatingSystem: 'Linux',
    preInstalledSw: 'NA',
    capacitystatus: 'Used',
    tenancy: 'Shared',
    marketoption: 'OnDemand',
  });
});

test.each([
  ['rhel', 'RHEL'],
  ['suse', 'SUSE'],
  ['windows', 'Windows'],
] as const)(
  'an instance that is billed as %s is asked for as such, and remembered as such',
  async (system, name) => {
    const dear = [product('EUC1-BoxUsage:m7i.large', 'Hrs', '0.1485000000')];
    const { asked, pricing } = await aPriceList((filters) =>
      filters['operatingSystem'] === name ? dear : INSTANCE,
    );
    const { cache, make, prices } = setUp(pricing);
    expect(await prices.unit(linux('eu-central-1', 'm7i.large'))).toEqual(LISTED);
    expect(await prices.unit({ ...linux('eu-central-1', 'm7i.large'), operatingSystem: system })).toEqual({
      ...LISTED,
      instanceHour: 148_500,
    });
    expect(asked.map(({ operatingSystem }) => operatingSystem)).toContain(name);
    expect([...cache.kept.keys()]).toEqual([
      'eu-central-1/m7i.large/linux',
      `eu-central-1/m7i.large/${system}`,
    ]);
    const calls = asked.length;
    expect(
      (await make().unit({ ...linux('eu-central-1', 'm7i.large'), operatingSystem: system }))?.instanceHour,
    ).toBe(148_500);
    expect((await make().unit(linux('eu-central-1', 'm7i.large')))?.instanceHour).toBe(119_700);
    expect(asked).toHaveLength(calls);
  },
);

test('a price list that does not know the system there leaves it to the shipped table, which does not promise what it cannot', async () => {
  const { pricing } = await aPriceList((filters) => (filters['operatingSystem'] === 'Linux' ? INSTANCE : []));
  const { prices } = setUp(pricing);
  const shipped = fallbackPrices({ ...linux('eu-central-1', 'm7i.large'), operatingSystem: 'rhel' });
  expect(shipped).toBeDefined();
  expect(await prices.unit({ ...linux('eu-central-1', 'm7i.large'), operatingSystem: 'rhel' })).toEqual(
    shipped,
  );
  expect(
    await prices.unit({ ...linux('eu-central-1', 'm7i.large'), operatingSystem: 'suse' }),
  ).toBeUndefined();
});

test('the dearest of several products counts, and free ones do not', async () => {
  const { pricing } = await aPriceList([
    product('BoxUsage:m7i.large', 'Hrs', '0.0000000000', '0.1008000000'),
    product('BoxUsage:m7i.large', 'Hrs', '0.1100000001'),
    product('BoxUsage:m7i.large', 'Quantity', '700'),
  ]);
  expect((await setUp(pricing).prices.unit(linux('us-east-1', 'm7i.large')))?.instanceHour).toBe(110_001);
});

test('the list is asked once a day, by all functions together', async () => {
  const { asked, pricing } = await aPriceList();
  const { clock, cache, make, prices } = setUp(pricing);
  await Promise.all([
    prices.unit(linux('eu-central-1', 'm7i.large')),
    prices.unit(linux('eu-central-1', 'm7i.large')),
  ]);
  const calls = asked.length;
  clock.now += DAY - 1;
  await prices.unit(linux('eu-central-1', 'm7i.large'));
  expect(await make().unit(linux('eu-central-1', 'm7i.large'))).toEqual(LISTED);
  expect(asked).toHaveLength(calls);
  clock.now += 2;
  cache.kept.clear();
  await prices.unit(linux('eu-central-1', 'm7i.large'));
  expect(asked.length).toBeGreaterThan(calls);
});

test.each([
  ['throttles', { status: 400, body: { __type: 'ThrottlingException', message: 'slow down' } }],
  ['is not there', { status: 404, body: {} }],
  ['refuses', { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }],
  ['answers nonsense', { body: { PriceList: ['{"product":{}}'] } }],
] as const)(
  'a price list that %s costs nobody a build: the shipped prices do, and one warning',
  async (_, refusal) => {
    const { asked, pricing } = await aPriceList([], refusal);
    const { clock, log, cache, prices } = setUp(pricing);
    expect(await prices.unit(linux('eu-central-1', 'm7i.large'))).toEqual(
      fallbackPrices(linux('eu-central-1', 'm7i.large')),
    );
    expect(await prices.unit(linux('us-west-2', 'm7g.large'))).toEqual(
      fallbackPrices(linux('us-west-2', 'm7g.large')),
    );
    expect(log.messages('warn')).toEqual(['the price list does not answer, the shipped prices do']);
    expect(cache.kept.size).toBe(0);
    const calls = asked.length;
    await prices.unit(linux('eu-central-1', 'm7i.large'));
    expect(asked).toHaveLength(calls);
    clock.now += HOUR;
    await prices.unit(linux('eu-central-1', 'm7i.large'));
    expect(asked.length).toBeGreaterThan(calls);
  },
);

test('what neither the list nor the shipped table knows has no price', async () => {
  const { pricing } = await aPriceList([]);
  const { prices } = setUp(pricing);
  expect(await prices.unit(linux('us-east-1', 'm7i.large'))).toEqual(
    fallbackPrices(linux('us-east-1', 'm7i.large')),
  );
  expect(await prices.unit(linux('us-east-1', 'x99.gigantic'))).toBeUndefined();
});

test('other partitions have lists of their own, which are not asked', async () => {
  const { asked, pricing } = await aPriceList();
  const { prices } = setUp(pricing);
  expect(await prices.unit(linux('us-gov-west-1', 'm7i.large'))).toEqual(
    fallbackPrices(linux('us-gov-west-1', 'm7i.large')),
  );
  expect(asked).toEqual([]);
});
