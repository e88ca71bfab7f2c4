import { setTimeout } from 'node:timers/promises';
import type { Ami } from '@aws-sdk/client-imagebuilder';
import { BuildFailure, componentFailed, distributionFailed, launchFailed } from './buildFailure.ts';
import { distributeImage } from './distributeImage.ts';
import { EVENT_STATUSES } from '../faults.ts';
import type { ImageFaults } from '../faults.ts';
import { imageStateChange } from './imageEvents.ts';
import type { ImageStatus } from '../resources/images.ts';
import { instanceArchitecture } from './instanceArchitecture.ts';
import { osVersion } from './osVersion.ts';
import { resolveParentImage } from './parentImage.ts';
import { putSsmParameters } from './putSsmParameters.ts';
import type { Timing } from '../settings.ts';
import type { ParentAmi, Sides } from '../sides.ts';
import type { RegionStore, StoredImage } from '../resources/store.ts';

/** Lets time pass; rejects when the signal is aborted. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** By the clock; nobody stays alive for it. */
export const waitByTheClock: Wait = (milliseconds, signal) =>
  setTimeout(milliseconds, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) });

/** What one build works with. */
export interface BuildContext {
  readonly store: RegionStore;
  readonly sides: Sides;
  readonly timing: Timing;
  readonly faults: ImageFaults;
  readonly now: () => number;
  readonly wait: Wait;
  /** Aborted with `cancel` by CancelImageCreation, with anything else when the stand-in stops. */
  readonly signal: AbortSignal;
  readonly report: (problem: string) => void;
}

export const CANCEL = 'cancel';

const EVENTS: ReadonlySet<string> = new Set(EVENT_STATUSES);

/** Takes one image from PENDING to a final status. Never throws. */
export async function runImageBuild(arn: string, context: BuildContext): Promise<void> {
  const { store, sides, timing, faults, signal, wait } = context;
  const { place } = store;
  let events: Promise<void> = Promise.resolve();

  const current = (): StoredImage => {
    const found = store.images.get(arn);
    if (found === undefined) throw new Error(`The image ${arn} was deleted while it was built.`);
    return found;
  };
  const update = (image: Partial<StoredImage['image']>, rest: Partial<StoredImage> = {}): void => {
    const stored = current();
    store.images.set(arn, { ...stored, ...rest, image: { ...stored.image, ...image } });
  };
  const announce = (previous: string, status: string): void => {
    if (!EVENTS.has(status) || faults.dropEvents.has(status)) return;
    const event = imageStateChange(arn, previous, status);
    events = events
      .then(async () => {
        if (faults.delayEvents > 0) await wait(faults.delayEvents);
        await sides.bus.put(place, event);
        if (faults.duplicateEvents) await sides.bus.put(place, event);
      })
      .catch((error: unknown) =>
        context.report(`The event ${status} of ${arn} was not sent: ${String(error)}`),
      );
  };
  const enter = (
    status: ImageStatus,
    more: Partial<StoredImage['image']> = {},
    reason: Partial<StoredImage['image']['state']> = {},
  ): void => {
    const previous = current().image.state.status;
    update({ ...more, state: { status, ...reason } });
    announce(previous, status);
  };
  const spend = (phase: Exclude<keyof Timing, 'timeScale' | 'listLag' | 'cancelling'>): Promise<void> =>
    wait(timing[phase] * timing.timeScale * faults.slowFactor, signal);
  const failHere = (status: 'BUILDING' | 'TESTING' | 'DISTRIBUTING' | 'INTEGRATING'): void => {
    if (faults.failAt !== status) return;
    if (status === 'BUILDING' || status === 'TESTING')
      throw componentFailed(status, current(), place.region, faults.reason);
    throw distributionFailed(
      status,
      place.region,
      place.region,
      faults.reason ?? `Distribution failed in Region '${place.region}'.`,
    );
  };

  const build = async (): Promise<void> => {
    await spend('pending');
    enter('CREATING');
    await spend('creating');
    enter('BUILDING');
    const parent = await launch(current(), context);
    update(
      { osVersion: osVersion(parent.name) },
      { parent: { imageId: parent.imageId, name: parent.name, architecture: parent.architecture } },
    );
    await spend('building');
    failHere('BUILDING');
    if (current().image.imageTestsConfiguration.imageTestsEnabled === true) {
      enter('TESTING');
      await spend('testing');
      failHere('TESTING');
    }
    enter('DISTRIBUTING');
    await spend('distributing');
    failHere('DISTRIBUTING');
    const amis: readonly Ami[] = await distributeImage(current(), parent, context);
    update({ outputResources: { amis: [...amis] } });
    signal.throwIfAborted();
    if (
      current().image.distributionConfiguration?.distributions?.some(
        (each) => each.ssmParameterConfigurations?.length,
      ) === true
    ) {
      enter('INTEGRATING');
      await spend('integrating');
      failHere('INTEGRATING');
      await putSsmParameters(current(), context);
    }
    enter('AVAILABLE');
  };

  try {
    await build();
  } catch (error) {
    if (signal.aborted && signal.reason === CANCEL) {
      await wait(timing.cancelling * timing.timeScale);
      enter('CANCELLED');
    } else if (error instanceof BuildFailure) {
      enter('FAILED', {}, { reason: error.message, failureContext: error.context });
    } else if (!signal.aborted) {
      context.report(`The build of ${arn} broke: ${String(error)}`);
      enter('FAILED', {}, { reason: 'An internal error occurred. Please try again.' });
    }
  }
  await events;
}

/** Launching the build instance: the parent must still be there, and fit one of the instance types. */
async function launch({ image }: StoredImage, { store, sides }: BuildContext): Promise<ParentAmi> {
  const { region } = store.place;
  const parent = await resolveParentImage(image.imageRecipe.parentImage, {
    store,
    sides,
    place: store.place,
  }).catch((error: unknown) => {
    throw launchFailed(region, error instanceof Error ? error.message : String(error));
  });
  const types = image.infrastructureConfiguration.instanceTypes ?? [];
  const [type] = types;
  if (type !== undefined && !types.some((each) => instanceArchitecture(each) === parent.architecture)) {
    throw launchFailed(
      region,
      `The architecture '${instanceArchitecture(type)}' of the specified instance type does not match the architecture '${parent.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
    );
  }
  return parent;
}
