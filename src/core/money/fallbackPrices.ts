import type { MicroDollars } from '../words.ts';
import type { UnitPrices } from './estimate.ts';
import type { OperatingSystem, PricedInstance } from './pricedInstance.ts';

/**
 * On-demand prices to fall back on when the AWS Price List cannot be asked. us-east-1 is AWS's own list of
 * the day below (aws-facts §5); other regions are us-east-1 times a factor that errs high, so that a ceiling made
 * with it still is one.
 */
export const FALLBACK_PRICES_DATE = '2026-07-20';

/** Micro-dollars per hour of the `large` size in us-east-1; the family's other sizes are multiples of it. */
const LARGE: Readonly<Record<string, MicroDollars>> = {
  t3: 83_200,
  t3a: 75_200,
  t4g: 67_200,
  m5: 96_000,
  m5a: 86_000,
  m6a: 86_400,
  m6i: 96_000,
  m6g: 77_000,
  m7a: 115_920,
  m7i: 100_800,
  'm7i-flex': 95_760,
  m7g: 81_600,
  m8g: 89_760,
  m8i: 105_840,
  'm8i-flex': 100_548,
  c5: 85_000,
  c5a: 77_000,
  c6a: 76_500,
  c6i: 85_000,
  c6g: 68_000,
  c7a: 102_640,
  c7i: 89_250,
  'c7i-flex': 84_788,
  c7g: 72_500,
  c8g: 79_760,
  c8i: 93_710,
  'c8i-flex': 89_025,
  r5: 126_000,
  r6i: 126_000,
  r6g: 100_800,
  r7i: 132_300,
  r7g: 107_100,
  r8g: 117_820,
};

/** Sizes as multiples of `large`. */
const SIZES: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
  '2xlarge': 4,
  '4xlarge': 8,
  '8xlarge': 16,
  '12xlarge': 24,
  '16xlarge': 32,
  '24xlarge': 48,
};

/** Types whose sizes are not in proportion. */
const SINGLE: Readonly<Record<string, MicroDollars>> = {
  'g4dn.xlarge': 526_000,
  'g4dn.2xlarge': 752_000,
  'g4dn.4xlarge': 1_204_000,
  'g4dn.8xlarge': 2_176_000,
  'g4dn.12xlarge': 3_912_000,
  'g5.xlarge': 1_006_000,
  'g5.2xlarge': 1_212_000,
  'g5.4xlarge': 1_624_000,
  'g5.8xlarge': 2_448_000,
  'g5.12xlarge': 5_672_000,
  'g5g.xlarge': 420_000,
  'g5g.2xlarge': 556_000,
  'g6.xlarge': 804_800,
  'g6.2xlarge': 977_600,
  'g6.4xlarge': 1_323_200,
  'g6e.xlarge': 1_861_000,
  'p3.2xlarge': 3_060_000,
};

/**
 * What a subscription that comes with the image adds by the hour for each vCPU, in us-east-1; undefined: no source could be
 * found, so nothing is promised. Red Hat: since 1 July 2024 AWS charges by the vCPU, for a c5.xlarge (four of them)
 * $0.0024 less than the $0.06 before, and less for each from sixteen on (AWS's "RHEL pricing" announcement, as
 * qiita.com/AlmondTofu/items/b15810c51c9548425365 quotes it; the old price: strategic-blue.com, 16 June 2023).
 */
const PER_VCPU_HOUR: Readonly<Record<OperatingSystem, MicroDollars | undefined>> = {
  linux: 0,
  rhel: 14_400,
  suse: undefined,
  windows: undefined,
};

/** Of a `large`. Smaller ones have one or two: they count as two. */
const VCPUS_OF_LARGE = 2;

/** Per GB and month of gp3 and of snapshots, in us-east-1. */
const STORAGE = { volumeGbMonth: 80_000, snapshotGbMonth: 50_000 };

/** How much dearer a region is, in percent of us-east-1, and what copying a GB out of it costs. */
const REGIONS: Readonly<Record<string, { readonly percent: number; readonly copyGb: MicroDollars }>> = {
  'us-east-1': { percent: 100, copyGb: 20_000 },
  'us-east-2': { percent: 100, copyGb: 20_000 },
  'us-west-1': { percent: 125, copyGb: 20_000 },
  'us-west-2': { percent: 100, copyGb: 20_000 },
  'ca-central-1': { percent: 115, copyGb: 20_000 },
  'eu-west-1': { percent: 115, copyGb: 20_000 },
  'eu-west-2': { percent: 120, copyGb: 20_000 },
  'eu-west-3': { percent: 120, copyGb: 20_000 },
  'eu-central-1': { percent: 125, copyGb: 20_000 },
  'eu-north-1': { percent: 115, copyGb: 20_000 },
  'eu-south-1': { percent: 125, copyGb: 20_000 },
  'ap-south-1': { percent: 120, copyGb: 90_000 },
  'ap-northeast-1': { percent: 135, copyGb: 90_000 },
  'ap-northeast-2': { percent: 130, copyGb: 90_000 },
  'ap-southeast-1': { percent: 130, copyGb: 90_000 },
  'ap-southeast-2': { percent: 135, copyGb: 100_000 },
};

/** Any region not listed: as the dearest of AWS. */
const DEAREST = { percent: 190, copyGb: 150_000 };

/** Undefined if nothing is known of the instance type or its system: then nobody may promise what a build on it costs. */
export function fallbackPrices({
  region,
  instanceType,
  operatingSystem,
}: PricedInstance): UnitPrices | undefined {
  const hardware = instanceHour(instanceType);
  const subscription = subscriptionHour(instanceType, operatingSystem);
  if (hardware === undefined || subscription === undefined) return undefined;
  const { percent } = regionPrices(region);
  const here = (price: MicroDollars) => Math.ceil((price * percent) / 100);
  return {
    instanceHour: here(hardware + subscription),
    volumeGbMonth: here(STORAGE.volumeGbMonth),
    snapshotGbMonth: here(STORAGE.snapshotGbMonth),
    copyGb: copyPrice(region),
  };
}

/** What copying a GB of a snapshot out of a region costs; the price list has it by pairs of regions only. */
export function copyPrice(region: string): MicroDollars {
  return regionPrices(region).copyGb;
}

function regionPrices(region: string) {
  return Object.hasOwn(REGIONS, region) ? (REGIONS[region] ?? DEAREST) : DEAREST;
}

function subscriptionHour(instanceType: string, operatingSystem: OperatingSystem): MicroDollars | undefined {
  const each = PER_VCPU_HOUR[operatingSystem];
  const [, size = ''] = instanceType.split('.');
  const multiple = Object.hasOwn(SIZES, size) ? SIZES[size] : undefined;
  if (each === undefined || multiple === undefined) return undefined;
  return each * Math.max(VCPUS_OF_LARGE, VCPUS_OF_LARGE * multiple);
}

function instanceHour(instanceType: string): MicroDollars | undefined {
  if (Object.hasOwn(SINGLE, instanceType)) return SINGLE[instanceType];
  const [family = '', size = ''] = instanceType.split('.');
  const large = Object.hasOwn(LARGE, family) ? LARGE[family] : undefined;
  const multiple = Object.hasOwn(SIZES, size) ? SIZES[size] : undefined;
  return large === undefined || multiple === undefined ? undefined : Math.ceil(large * multiple);
}
