import type { RegionBuild } from '../builds/regionBuild.ts';
import { forecastPot, type PotForecast } from '../money/forecast.ts';
import { holdingsOf, shareOf } from '../money/holdings.ts';
import { limitOf } from '../money/limitOf.ts';
import { leftIn, type PotBalance } from '../money/pot.ts';
import { grantKey, potKeys } from '../money/potKeys.ts';
import { type PotPeriod, potPeriod } from '../money/potPeriod.ts';
import type { Policy } from '../policy/policy.ts';
import { type Instant, type MicroDollars, POTS } from '../words.ts';
import type { QueueOutlook } from './outlook.ts';
import type { PlanInput } from './planInput.ts';
import type { PolicyClocks } from './policyClocks.ts';

/** One pot in its period: its limit, what is in it, and what will probably become of it. */
export interface PotReport extends PotBalance {
  readonly limit: MicroDollars;
  /** What may still be reserved; below zero after an overrun. */
  readonly left: MicroDollars;
  readonly period: PotPeriod;
  readonly forecast: PotForecast;
}

/** Keys of every pot that a grant of this moment could hold something in: the budgets, then the grants of the policy. */
export function potsOfNow(policy: Policy, { calendar }: PolicyClocks, now: Instant): string[] {
  const budgets = POTS.flatMap((pot) => potKeys(pot, now, calendar));
  return [...new Set([...budgets, ...policy.grants.map(({ id }) => grantKey(id))])];
}

/** Every pot of now. What is queued counts where it will start, at its probable cost and not at its ceiling. */
export function potReports(input: PlanInput, outlook: QueueOutlook): PotReport[] {
  const { policy, clocks, now } = input;
  const balances = new Map(input.pots.map((balance) => [balance.key, balance]));
  const running = total(input.running, (build) => heldFor(build, input));
  const queued = total(input.queue, (build) => wantedFor(build, input, outlook));
  return potsOfNow(policy, clocks, now).flatMap((key) => {
    const period = potPeriod(key, policy);
    if (period === undefined) return [];
    const balance = balances.get(key) ?? { key, reserved: 0, settled: 0, overrun: 0 };
    const limit = limitOf(key, policy);
    const soFar = {
      limit,
      settled: balance.settled,
      running: running.get(key) ?? 0,
      queued: queued.get(key) ?? 0,
      periodStart: period.start,
      periodEnd: period.end,
    };
    return [{ ...balance, limit, left: leftIn(balance, limit), period, forecast: forecastPot(soFar, now) }];
  });
}

interface Share {
  readonly key: string;
  readonly amount: MicroDollars;
}

/** What a build that runs will probably cost the pots that hold its ceiling. */
function heldFor(build: RegionBuild, { estimateOf }: PlanInput): Share[] {
  const { expected } = estimateOf(build);
  const holdings = build.grant?.reservation.holdings ?? [];
  return holdings.map(({ key, share }) => ({ key, amount: shareOf(expected, share) }));
}

/** The same for one that waits, in the pots of the moment at which it can start; nothing where nobody knows that. */
function wantedFor(build: RegionBuild, input: PlanInput, { of }: QueueOutlook): Share[] {
  const startsAt = of.get(build.id)?.startsAt;
  if (startsAt === undefined) return [];
  const { policy, clocks, estimateOf } = input;
  const paid = { template: build.template, pot: build.pot, amount: estimateOf(build).expected };
  return holdingsOf(paid, policy, clocks.calendar, startsAt);
}

function total(
  builds: readonly RegionBuild[],
  sharesOf: (build: RegionBuild) => readonly Share[],
): ReadonlyMap<string, MicroDollars> {
  const sums = new Map<string, MicroDollars>();
  for (const { key, amount } of builds.flatMap(sharesOf)) sums.set(key, (sums.get(key) ?? 0) + amount);
  return sums;
}
