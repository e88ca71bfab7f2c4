import { setTimeout as sleep } from 'node:timers/promises';
import { clean } from '../../../cli/text/clean.ts';
import type { BaseImagesAnswer, UpdateAnswer } from '../../../src/api/answers.ts';
import type { ApiClient } from '../../../src/api/client.ts';

const INTERVAL = 400;
const PATIENCE = 60_000;

interface Asking {
  readonly client: ApiClient;
  readonly signal: AbortSignal;
}

/**
 * Starts a scan, as anybody may instead of waiting for the clock, and waits until each of these base images is known
 * in so many places.
 * @throws Error with what the scan could not look at
 */
export async function scanUntilKnown(
  bases: readonly string[],
  places: number,
  { client, signal }: Asking,
): Promise<BaseImagesAnswer> {
  await client.call('scan', {});
  let problems: string[] = [];
  return until(
    () =>
      `The scan did not find ${bases.join(' and ')} in ${places} places${problems.map((each) => `; ${each}`).join('')}`,
    signal,
    async () => {
      const answer = clean(await client.call('baseImages', {}));
      problems = (answer.scan?.problems ?? []).map(
        ({ base, region, problem }) => `${base} in ${region}: ${problem}`,
      );
      const known = bases.every(
        (name) => (answer.baseImages.find((each) => each.name === name)?.places.length ?? 0) >= places,
      );
      return known ? answer : undefined;
    },
  );
}

/** A release of a base image, and in how many places it will be seen. */
export interface AwaitedUpdate {
  readonly base: string;
  readonly release: string;
  readonly places: number;
}

/** The record of an update, once it has been seen everywhere. */
export function updateSeen({ base, release, places }: AwaitedUpdate, asking: Asking): Promise<UpdateAnswer> {
  return until(
    () => `${base} ${release} was not seen in ${places} places`,
    asking.signal,
    async () => {
      const update = await updateOf(base, release, asking);
      return update !== undefined && update.observations.length >= places ? update : undefined;
    },
  );
}

/** An update with the answer to the question what it fixes. */
export type AssessedUpdate = UpdateAnswer & { readonly assessment: NonNullable<UpdateAnswer['assessment']> };

/** The record of an update, once somebody has looked at what it fixes. */
export function updateAssessed({ base, release }: AwaitedUpdate, asking: Asking): Promise<AssessedUpdate> {
  return until(
    () => `${base} ${release} was not assessed`,
    asking.signal,
    async () => {
      const update = await updateOf(base, release, asking);
      return update?.assessment == null ? undefined : { ...update, assessment: update.assessment };
    },
  );
}

async function updateOf(
  base: string,
  release: string,
  { client }: Asking,
): Promise<UpdateAnswer | undefined> {
  const { updates } = clean(await client.call('baseImage', { base }));
  return updates.find((update) => update.release === release);
}

async function until<T>(
  complaint: () => string,
  signal: AbortSignal,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${complaint()} within ${PATIENCE / 1000} seconds.`);
    await sleep(INTERVAL, undefined, { signal });
  }
}
