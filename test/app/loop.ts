import { assessUpdate } from '../../src/app/assessUpdate.ts';
import { checkBaseImages } from '../../src/app/checkBaseImages.ts';
import { dispatchBuilds } from '../../src/app/dispatchBuilds.ts';
import { publishChanges } from '../../src/app/publishChanges.ts';
import { reconcile } from '../../src/app/reconcile.ts';
import { requestBuilds } from '../../src/app/requestBuilds.ts';
import { resumeBuild } from '../../src/app/resumeBuild.ts';
import { startExecution } from '../../src/app/startExecution.ts';
import type { DomainEvent } from '../../src/core/events.ts';
import { EVENTS, HINTS } from '../../src/core/events.ts';
import type { Change } from '../../src/core/changes.ts';
import type { MemoryImage } from '../../src/memory/memoryImageBuilder.ts';
import { imageEnded } from '../../src/core/builds/image.ts';
import { MINUTE } from '../../src/core/words.ts';
import { Died } from '../../src/memory/table/faults.ts';
import type { World } from './world.ts';

/** The states an image passes, and how long each takes. */
const IMAGE_STATES = ['BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING', 'AVAILABLE'] as const;
const STATE_TAKES = MINUTE;

/** An event on a bus: one of ours, or Image Builder's. */
export type BusEvent =
  DomainEvent | { readonly detailType: 'image'; readonly arn: string; readonly status: string };

export interface LoopOptions {
  /** How often an event is delivered: 0 loses it, 2 doubles it. */
  readonly deliveries?: (event: BusEvent) => number;
  /** The order in which the changes of a moment are read from the stream. */
  readonly order?: (changes: readonly Change[]) => readonly Change[];
  /** Why an image fails at the end of its time; undefined: it is made. */
  readonly failing?: (image: MemoryImage) => string | undefined;
  /** An image that never ends by itself. */
  readonly endless?: boolean;
  /** Base images are looked at every five minutes. */
  readonly scans?: boolean;
}

const REQUESTING: readonly string[] = [
  EVENTS.BASE_IMAGE_UPDATED,
  HINTS.UPDATE_ASSESSED,
  HINTS.TEMPLATE_CHANGED,
  HINTS.POLICY_CHANGED,
  HINTS.PACKAGE_EPOCH_RAISED,
];

const DISPATCHING: readonly string[] = [
  HINTS.TURN_AWAITED,
  HINTS.BUILD_REQUEUED,
  HINTS.POLICY_CHANGED,
  EVENTS.BUILD_FINISHED,
];

export type Loop = ReturnType<typeof loopOf>;

/**
 * The loop of design §3 on memory: changes of the table become events, events reach the functions that the stacks'
 * rules name, ticks come by the clock, executions walk their definition, images pass their states. Deterministic. A
 * handler that dies loses what it was called for.
 */
export function loopOf(world: World, options: LoopOptions = {}) {
  const { services, table, imageBuilder, stepFunctions } = world;
  const {
    deliveries = () => 1,
    order = (changes: readonly Change[]) => changes,
    failing = () => undefined,
    endless = false,
    scans = false,
  } = options;
  const imageSince = new Map<string, { readonly state: number; readonly at: number }>();
  /** What went wrong besides deaths: nothing should. */
  const failures: unknown[] = [];

  const survive = async (handler: () => Promise<unknown>): Promise<void> => {
    try {
      await world.effects.handle(handler);
    } catch (error) {
      if (!(error instanceof Died)) failures.push(error);
    }
  };

  const deliver = async (event: BusEvent): Promise<void> => {
    if (event.detailType === 'image') {
      const { arn, status } = event;
      await survive(() => resumeBuild({ kind: 'changed', imageArn: arn, status }, services));
      return;
    }
    const id = textOf(event, 'regionBuild');
    if (event.detailType === EVENTS.BASE_IMAGE_UPDATED)
      await survive(() =>
        assessUpdate({ base: textOf(event, 'base'), release: textOf(event, 'release') }, services),
      );
    if (REQUESTING.includes(event.detailType)) await survive(() => requestBuilds(event, services));
    if (event.detailType === EVENTS.BUILD_QUEUED)
      await survive(() => startExecution({ regionBuild: id }, services));
    if (event.detailType === HINTS.IMAGE_AWAITED)
      await survive(() => resumeBuild({ kind: 'awaited', regionBuild: id }, services));
    if (event.detailType === EVENTS.BUILD_FINISHED && textOf(event, 'status') !== 'succeeded')
      await survive(() => resumeBuild({ kind: 'closed', regionBuild: id }, services));
    if (DISPATCHING.includes(event.detailType)) await survive(() => dispatchBuilds(event, services));
  };

  const send = async (event: BusEvent): Promise<void> => {
    for (let times = deliveries(event); times > 0; times--) await deliver(event);
  };

  /** Everything that goes on by itself, until nothing does. */
  const pump = async (): Promise<void> => {
    for (let busy = true; busy;) {
      await survive(() => publishChanges(order(table.drain()), services));
      const events = world.events.drain();
      for (const event of events) await send(event);
      busy = (await stepFunctions.run()) || events.length > 0 || table.changes.length > 0;
    }
  };

  /** Images whose time has come pass into their next state, and Image Builder says so. */
  const runImages = async (): Promise<void> => {
    for (const image of imageBuilder.images()) {
      const { arn, status } = image;
      if (imageEnded(status)) continue;
      const since = imageSince.get(arn) ?? { state: -1, at: services.now() };
      imageSince.set(arn, since);
      if (services.now() - since.at < STATE_TAKES) continue;
      const next = IMAGE_STATES[since.state + 1] ?? 'AVAILABLE';
      if (endless && next === 'AVAILABLE') continue;
      imageSince.set(arn, { state: since.state + 1, at: services.now() });
      const reason = next === 'AVAILABLE' ? failing(image) : undefined;
      if (reason !== undefined) imageBuilder.failImage(arn, reason);
      else if (next === 'AVAILABLE') {
        const id = imageBuilder.finish(arn);
        // Others may stand on it now.
        world.parentImages.add(image.region, { id, rootDeviceName: '/dev/xvda', volumeGb: 8 });
      } else imageBuilder.advance(arn, next);
      await send({ detailType: 'image', arn, status: reason === undefined ? next : 'FAILED' });
    }
  };

  let minutes = 0;
  const loop = {
    failures,
    pump,
    runImages,
    dispatch: () => survive(() => dispatchBuilds({}, services)),
    reconcile: () => survive(() => reconcile({}, services)),
    scan: () => survive(() => checkBaseImages({}, services)),

    /** One minute passes: ticks of the clock, images, and all that follows from them. */
    async minute(): Promise<void> {
      await pump();
      world.advance(MINUTE);
      minutes += 1;
      await loop.dispatch();
      await runImages();
      await pump();
      if (scans && minutes % 5 === 1) await loop.scan();
      if (minutes % 10 === 0) await loop.reconcile();
      await pump();
    },

    async minutes(count: number): Promise<void> {
      for (let minute = 0; minute < count; minute++) await loop.minute();
    },

    /** Until nothing is open or pending any more, and what is expected has come. */
    async settle(hasCome = async () => true, atMost = 24 * 60): Promise<void> {
      for (let minute = 0; minute < atMost; minute++) {
        await loop.minute();
        if ((await isQuiet(world)) && (await hasCome())) return;
      }
      throw new Error(
        `not settled after ${atMost} minutes: ${JSON.stringify(await services.regionBuilds.open())}`,
      );
    },
  };
  return loop;
}

function textOf({ detail }: DomainEvent, name: string): string {
  const value = detail[name];
  return typeof value === 'string' ? value : '';
}

async function isQuiet({ services, stepFunctions }: World): Promise<boolean> {
  const [open, untidy, unpublished] = await Promise.all([
    services.regionBuilds.open(),
    services.regionBuilds.untidy(),
    services.amis.unpublished(),
  ]);
  const waits = open.builds.length + untidy.length + unpublished.length;
  return waits === 0 && stepFunctions.running().length === 0;
}
