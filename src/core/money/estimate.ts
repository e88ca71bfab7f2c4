import { HOUR, MINUTE, type MicroDollars, type Milliseconds } from '../words.ts';

/** AWS bills a month of storage as 730 hours. */
const HOURS_PER_MONTH = 730;
/** Instances and volumes are billed by the second, from the first minute on. */
const SHORTEST_BILLED: Milliseconds = MINUTE;

/** What a build costs per unit in its region, in micro-dollars. */
export interface UnitPrices {
  /** One hour of the build instance, on demand: Image Builder has no Spot. */
  readonly instanceHour: MicroDollars;
  readonly volumeGbMonth: MicroDollars;
  readonly snapshotGbMonth: MicroDollars;
  /** Copying a snapshot to another region, per GB. */
  readonly copyGb: MicroDollars;
}

/** The dearest of each: what a ceiling is made of where any of several may be charged. @throws RangeError without any */
export function dearestOf(prices: readonly UnitPrices[]): UnitPrices {
  const most = (of: (prices: UnitPrices) => MicroDollars) => Math.max(...prices.map(of));
  if (prices.length === 0) throw new RangeError('there are no prices to choose from');
  return {
    instanceHour: most(({ instanceHour }) => instanceHour),
    volumeGbMonth: most(({ volumeGbMonth }) => volumeGbMonth),
    snapshotGbMonth: most(({ snapshotGbMonth }) => snapshotGbMonth),
    copyGb: most(({ copyGb }) => copyGb),
  };
}

/** The size of a build: what is multiplied with the prices. */
export interface BuildSize {
  /** Volumes of the build instance, together. */
  readonly volumeGb: number;
  /** Used size of the AMI's snapshots. */
  readonly snapshotGb: number;
  /** Further regions it is copied to. */
  readonly copies: number;
}

/** What an hour of the build costs: instance and volumes. Stored with the grant, so that settling needs no price of another day. */
export function hourlyCost(
  { instanceHour, volumeGbMonth }: UnitPrices,
  { volumeGb }: BuildSize,
): MicroDollars {
  return instanceHour + Math.ceil((volumeGbMonth * volumeGb) / HOURS_PER_MONTH);
}

/** What the copies cost once: transfer of the used size to each further region. */
export function copyCost({ copyGb }: UnitPrices, { snapshotGb, copies }: BuildSize): MicroDollars {
  return Math.ceil(copyGb * snapshotGb * copies);
}

/** What running for a time costs, rounded up to the micro-dollar. */
export function runningCost(hourly: MicroDollars, ran: Milliseconds): MicroDollars {
  return ran <= 0 ? 0 : Math.ceil((hourly * Math.max(ran, SHORTEST_BILLED)) / HOUR);
}

/**
 * The ceiling a reservation holds: instance price × maximum duration + volumes + copies (design §4, Money). What is
 * cancelled at its maximum duration never costs more.
 */
export function estimateCeiling(prices: UnitPrices, size: BuildSize, maximum: Milliseconds): MicroDollars {
  return runningCost(hourlyCost(prices, size), maximum) + copyCost(prices, size);
}

/** What the build will probably cost once: the same with the median duration. */
export function estimateExpected(prices: UnitPrices, size: BuildSize, p50: Milliseconds): MicroDollars {
  return estimateCeiling(prices, size, p50);
}

/** What keeping the AMI costs per month: its snapshots, here and in every region it is copied to. Shown, never booked. */
export function recurringCost(
  { snapshotGbMonth }: UnitPrices,
  { snapshotGb, copies }: BuildSize,
): MicroDollars {
  return Math.ceil(snapshotGbMonth * snapshotGb * (1 + copies));
}

/**
 * What an attempt cost, from the time its image ran and the hourly cost frozen in its grant. That is of the dearest
 * instance type it was offered: Image Builder takes whichever is available, and neither the image nor the instance, which
 * is gone by then, tells which it was. So the ledger may hold more than the bill, never less.
 */
export function settledCost(attempt: {
  readonly hourlyCost: MicroDollars;
  readonly ran: Milliseconds;
  /** Copies that were made; 0 if it ended before. */
  readonly copies: MicroDollars;
}): MicroDollars {
  return runningCost(attempt.hourlyCost, attempt.ran) + attempt.copies;
}
