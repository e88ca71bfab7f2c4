import { outlook, type QueueOutlook } from '../../core/decide/outlook.ts';
import type { OpenBuilds, Services } from '../../ports.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { type Gathered, gatherPlanInput, type GatheringServices } from '../gatherPlanInput.ts';

export type OutlookServices = GatheringServices & Pick<Services, 'regionBuilds' | 'firstPolicy' | 'log'>;

/** What is open, with everything around it, and why it waits and when it starts and ends. */
export interface OpenNow {
  readonly open: OpenBuilds;
  readonly gathered: Gathered;
  readonly outlook: QueueOutlook;
}

/** People see the dispatcher's own plan: the same gathering, the same decisions, only nothing is done. */
export async function openNow(services: OutlookServices): Promise<OpenNow> {
  const [open] = await Promise.all([services.regionBuilds.open(), seedFirstPolicy(services)]);
  const gathered = await gatherPlanInput(open, services);
  return { open, gathered, outlook: outlook(gathered.input, open.waiting) };
}
