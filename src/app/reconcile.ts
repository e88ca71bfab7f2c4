import { type Instant, MINUTE } from '../core/words.ts';
import type { Services } from '../ports.ts';
import { seedFirstPolicy } from './currentPolicy.ts';
import { requestBuilds } from './requestBuilds.ts';
import { anyway } from './anyway.ts';
import { announceLateAmis } from './reconcile/announceLateAmis.ts';
import { assessAgain } from './reconcile/assessAgain.ts';
import { assessPending } from './reconcile/assessPending.ts';
import { endUnconfigured } from './reconcile/endUnconfigured.ts';
import { followImages } from './reconcile/followImages.ts';
import { freeDeadSlots } from './reconcile/freeDeadSlots.ts';
import { mendExecutions } from './reconcile/mendExecutions.ts';
import { mendParameters } from './reconcile/mendParameters.ts';
import { publishPending } from './reconcile/publishPending.ts';
import { tidyAttempts } from './reconcile/tidyAttempts.ts';
import { warnOfEndsOfLife } from './reconcile/warnOfEndsOfLife.ts';

/** Everything but what other functions alone do: look at upstreams, compile, publish events, tell people. */
export type ReconcileServices = Omit<
  Services,
  | 'baseImageSource'
  | 'imageLookup'
  | 'packageAdvisories'
  | 'parentImages'
  | 'instances'
  | 'prices'
  | 'events'
  | 'notices'
  | 'scans'
>;

/** A function has five minutes; a look at feeds that is begun before this may take its time. */
const TIME_FOR_ASSESSMENTS = 3 * MINUTE;

type Duty = (services: ReconcileServices, assessUntil: Instant) => Promise<unknown>;

/**
 * In this order: repairs come first, since they are quick and builds wait for them. Feeds may be slow: what there is no
 * time for is left to the next tick, and what is assessed requests its builds by its event, or at the next tick.
 */
const DUTIES: readonly (readonly [name: string, duty: Duty])[] = [
  ['seed the first policy', seedFirstPolicy],
  ['end what lies in unconfigured regions', endUnconfigured],
  ['follow images', followImages],
  ['mend executions', mendExecutions],
  ['free slots of dead owners', freeDeadSlots],
  ['promote and publish', publishPending],
  ['announce what is late to be in use', announceLateAmis],
  ['mend parameters', mendParameters],
  ['tidy ended attempts', tidyAttempts],
  ['warn of ends of life', warnOfEndsOfLife],
  ['request builds', (services) => requestBuilds(undefined, services)],
  ['assess what is pending', assessPending],
  ['assess again', assessAgain],
];

/**
 * The slow tick: compares what should be with what is, and finds what events missed (design §3). Everything it does
 * is conditional, so that it may meet any other handler, or itself, anywhere. One duty that fails does not stop the
 * others.
 * @throws SeveralFailed at the end, with everything that failed
 */
export async function reconcile(_tick: unknown, services: ReconcileServices): Promise<void> {
  const assessUntil = services.now() + TIME_FOR_ASSESSMENTS;
  await anyway(
    DUTIES,
    ([name]) => name,
    ([, duty]) => duty(services, assessUntil),
    services.log,
    1,
  );
}
