import { newsOfPlan } from '../core/announcements/newsOfPlan.ts';
import { refuse } from '../core/builds/finish.ts';
import type { RegionBuild } from '../core/builds/regionBuild.ts';
import type { Refused } from '../core/decide/outcome.ts';
import { plan } from '../core/decide/plan.ts';
import type { DeployedPolicy, OpenBuilds, Services } from '../ports.ts';
import { announce } from './announce.ts';
import { explainWaits } from './explainWaits.ts';
import { gatherPlanInput, type GatheringServices } from './gatherPlanInput.ts';
import { giveTurn } from './giveTurn.ts';
import { anyway } from './anyway.ts';
import { endWait, sendTurn } from './sendTurn.ts';

export type DispatchServices = GatheringServices &
  Pick<Services, 'regionBuilds' | 'commits' | 'announcements' | 'executions' | 'sha256' | 'log'>;

/** What one look at the queue has done. */
export interface Dispatched {
  readonly open: number;
  readonly granted: number;
  readonly refused: number;
  /** Turns sent that an earlier look had granted without anybody hearing of it. */
  readonly sentAgain: number;
}

/** Turns are given in the order of the plan. */
const ONE_BY_ONE = 1;

interface Duty {
  readonly of: string;
  readonly act: () => Promise<unknown>;
}

/**
 * Who goes next: plans everything that is open and grants a turn, a slot and money to those whose turn it is, each in
 * one transaction. Several at once are safe by its conditions: what does not hold any more is left to the next look.
 * Why it was called does not matter. What fails for one build does not stop those behind it.
 * @throws SeveralFailed at the end, with everything that failed
 */
export async function dispatchBuilds(_hint: unknown, services: DispatchServices): Promise<Dispatched> {
  const open = await services.regionBuilds.open();
  if (open.builds.length === 0) return { open: 0, granted: 0, refused: 0, sentAgain: 0 };
  const gathered = await gatherPlanInput(open, services);
  const planned = plan(gathered.input);
  const { grants, refused, waiting, parked, held } = planned;
  let granted = 0;
  let sentAgain = 0;
  const duties: readonly Duty[] = [
    ...grantedBefore(open).map((build) => ({
      of: build.id,
      act: async () => {
        if ((await sendTurn(build, services)) === 'sent') sentAgain += 1;
      },
    })),
    ...grants.map((outcome) => ({
      of: outcome.regionBuild.id,
      act: async () => {
        if (await giveTurn(outcome, gathered, services)) granted += 1;
      },
    })),
    ...refused.map((outcome) => ({
      of: outcome.regionBuild.id,
      act: () => refuseBuild(outcome, gathered.policy, services),
    })),
    {
      of: 'why builds wait',
      act: () => explainWaits([...waiting, ...parked, ...held], open.waiting, services),
    },
    { of: 'announcements', act: () => announce(newsOfPlan(planned, gathered.input), services) },
  ];
  await anyway(
    duties,
    ({ of }) => of,
    ({ act }) => act(),
    services.log,
    ONE_BY_ONE,
  );
  return { open: open.builds.length, granted, refused: refused.length, sentAgain };
}

/** Whoever finds a region build granted and not running sends its turn again (design §3, The grant). */
function grantedBefore({ builds }: OpenBuilds): readonly RegionBuild[] {
  return builds.filter(({ status, turn }) => status === 'granted' && turn !== undefined);
}

async function refuseBuild(
  { regionBuild, line }: Refused,
  { version }: DeployedPolicy,
  services: DispatchServices,
): Promise<void> {
  const { committed } = await services.commits.commit(refuse(regionBuild, line.because, version, line.at));
  if (committed) await endWait(regionBuild, line.because, services);
}
