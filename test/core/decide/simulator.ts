import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import type { Granted, Plan } from '../../../src/core/decide/outcome.ts';
import { plan } from '../../../src/core/decide/plan.ts';
import type { PlanInput } from '../../../src/core/decide/planInput.ts';
import { shareOf } from '../../../src/core/money/holdings.ts';
import type { Holding, PotBalance } from '../../../src/core/money/pot.ts';
import { type Instant, type MicroDollars, type Milliseconds, MINUTE } from '../../../src/core/words.ts';

/** A request as the world brings it, and what will truly come of it. */
export interface Arrival {
  readonly build: RegionBuild;
  readonly duration: Milliseconds;
  readonly cost: MicroDollars;
}

interface Run {
  readonly build: RegionBuild;
  readonly endsAt: Instant;
  readonly holdings: readonly Holding[];
  readonly amount: MicroDollars;
  readonly cost: MicroDollars;
}

export interface Finished {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/** The state of the simulated world: the ledger refuses what the transaction would refuse. */
export interface World {
  readonly queue: Map<string, RegionBuild>;
  readonly running: Map<string, Run>;
  readonly pots: Map<string, PotBalance>;
  readonly finished: Map<string, Finished>;
  readonly refused: Set<string>;
  now: Instant;
}

export interface Simulation {
  /** All that plans need besides what the world holds. */
  readonly input: Omit<PlanInput, 'now' | 'queue' | 'running' | 'pots'>;
  readonly arrivals: readonly Arrival[];
  readonly from: Instant;
  readonly until: Instant;
  /** Before a plan is made at a tick. */
  readonly onTick?: (world: World) => void;
  /** After it was made, before anything of it is committed. */
  readonly onPlan?: (made: Plan, world: World) => void;
  /** After every reservation and every settlement. */
  readonly onCommit?: (world: World, key: string, limit: MicroDollars) => void;
  /** Plans that see the pots as they were at the tick before, as a second dispatcher might. */
  readonly staleReads?: boolean;
}

/**
 * Ticks of a minute: builds that ended are settled, requests that arrived are queued, one plan is made, its grants are
 * committed one by one. Ticks at which nothing can have changed, by the plan's own word, are passed over.
 */
export function simulate(simulation: Simulation): World {
  const { input, until } = simulation;
  const arrivals = [...simulation.arrivals].sort((a, b) => a.build.requestedAt - b.build.requestedAt);
  const futures = new Map(arrivals.map((arrival) => [arrival.build.id, arrival]));
  const world: World = {
    queue: new Map(),
    running: new Map(),
    pots: new Map(),
    finished: new Map(),
    refused: new Set(),
    now: tickFrom(simulation.from),
  };
  let arrived = 0;
  let potsBefore: PotBalance[] = [];
  while (world.now <= until) {
    for (const run of [...world.running.values()])
      if (run.endsAt <= world.now) finish(run, world, simulation);
    for (let next = arrivals[arrived]; next !== undefined && next.build.requestedAt <= world.now;) {
      world.queue.set(next.build.id, next.build);
      next = arrivals[++arrived];
    }
    simulation.onTick?.(world);
    const pots = [...world.pots.values()];
    const made = plan({
      ...input,
      now: world.now,
      queue: [...world.queue.values()],
      running: [...world.running.values()].map(({ build }) => build),
      pots: simulation.staleReads === true ? potsBefore : pots,
    });
    const sawTheLast = simulation.staleReads !== true || samePots(potsBefore, pots);
    potsBefore = pots;
    simulation.onPlan?.(made, world);
    for (const granted of made.grants)
      commit(granted, futures.get(granted.regionBuild.id)!, world, simulation);
    const wrote = made.grants.length > 0;
    for (const { regionBuild } of made.refused) {
      world.queue.delete(regionBuild.id);
      world.refused.add(regionBuild.id);
    }
    if (world.queue.size === 0 && world.running.size === 0 && arrived === arrivals.length) break;
    const next = Math.min(
      made.nextChange?.at ?? Number.POSITIVE_INFINITY,
      arrivals[arrived]?.build.requestedAt ?? Number.POSITIVE_INFINITY,
      ...[...world.running.values()].map(({ endsAt }) => endsAt),
    );
    // Who read what was not so any more, or wrote what the next one has not seen, looks again at the very next tick.
    const again = !sawTheLast || (simulation.staleReads === true && wrote);
    world.now = again ? world.now + MINUTE : tickFrom(Math.max(next, world.now + 1));
  }
  return world;
}

/** Balances are replaced, never changed: the same objects are the same state. */
function samePots(some: readonly PotBalance[], others: readonly PotBalance[]): boolean {
  return some.length === others.length && some.every((balance, index) => balance === others[index]);
}

export function tickFrom(t: Instant): Instant {
  return Math.ceil(t / MINUTE) * MINUTE;
}

function commit(granted: Granted, future: Arrival, world: World, { onCommit, input }: Simulation): void {
  const { regionBuild, holdings, amount, slot, estimate } = granted;
  const balances = holdings.map(
    ({ key }) => world.pots.get(key) ?? { key, reserved: 0, settled: 0, overrun: 0 },
  );
  const fits = balances.every(
    ({ reserved, settled }, index) => reserved + settled + holdings[index]!.amount <= holdings[index]!.limit,
  );
  const taken = [...world.running.values()].some(
    ({ build }) => build.region === regionBuild.region && build.grant?.slot === slot,
  );
  if (taken) throw new Error(`slot ${slot} of ${regionBuild.region} was granted twice`);
  if (slot < 1 || slot > input.policy.slotsPerRegion) throw new Error(`there is no slot ${slot}`);
  if (!fits) return;
  balances.forEach((balance, index) => {
    const { key, amount: held, limit } = holdings[index]!;
    world.pots.set(key, { ...balance, reserved: balance.reserved + held });
    onCommit?.(world, key, limit);
  });
  world.queue.delete(regionBuild.id);
  world.running.set(regionBuild.id, {
    build: {
      ...regionBuild,
      status: 'running',
      attempts: 1,
      grant: {
        attempt: 1,
        at: world.now,
        slot,
        baseImageId: granted.base.imageId,
        baseImageName: granted.base.imageName,
        baseRelease: granted.base.release,
        fingerprint: 'f',
        instanceType: estimate.instanceType,
        maximumDuration: estimate.maximumDuration,
        hourlyCost: estimate.hourlyCost,
        reservation: { amount, holdings, pot: regionBuild.pot },
      },
    },
    endsAt: world.now + future.duration,
    holdings,
    amount,
    cost: future.cost,
  });
}

function finish(run: Run, world: World, { onCommit }: Simulation): void {
  for (const { key, amount, share, limit } of run.holdings) {
    const { reserved, settled, overrun } = world.pots.get(key)!;
    const cost = shareOf(run.cost, share);
    world.pots.set(key, {
      key,
      reserved: reserved - amount,
      settled: settled + cost,
      overrun: overrun + Math.max(0, cost - amount),
    });
    onCommit?.(world, key, limit);
  }
  world.running.delete(run.build.id);
  world.finished.set(run.build.id, { startedAt: run.build.grant!.at, endedAt: run.endsAt });
}
