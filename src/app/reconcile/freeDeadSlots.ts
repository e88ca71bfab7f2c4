import { freeDeadSlot } from '../../core/builds/endAttempt.ts';
import type { Services, TakenSlot } from '../../ports.ts';
import { anyway } from '../anyway.ts';

type SlotServices = Pick<Services, 'settings' | 'slots' | 'regionBuilds' | 'commits' | 'log' | 'now'>;

/**
 * Frees slots whose owner has no such attempt (any more), and the money the attempt may still hold. Slot and attempt
 * end in one transaction with the region build, so this mends only what was changed by hand.
 */
export async function freeDeadSlots(services: SlotServices): Promise<void> {
  const { settings, slots, regionBuilds, log } = services;
  const { builds } = await regionBuilds.open();
  // Also where we build no more: what was granted there before may hold one.
  const regions = new Set([
    ...settings.regions.map(({ name }) => name),
    ...builds.map(({ region }) => region),
  ]);
  const taken = await Promise.all([...regions].map((region) => slots.taken(region)));
  await anyway(
    taken.flat(),
    ({ region, slot }) => `slot ${slot} of ${region}`,
    (slot) => freeIfDead(slot, services),
    log,
  );
}

async function freeIfDead(taken: TakenSlot, { regionBuilds, commits, now }: SlotServices): Promise<void> {
  // Read after the slot: a grant takes both at once, so a slot that is taken has an owner that knows it.
  const owner = await regionBuilds.get(taken.regionBuild);
  const lives = owner?.status === 'granted' || owner?.status === 'running';
  if (lives && owner.grant?.attempt === taken.attempt) return;
  const attempts = await regionBuilds.attempts(taken.regionBuild);
  const attempt = attempts.find((each) => each.attempt === taken.attempt);
  await commits.commit(freeDeadSlot(taken, attempt, now()));
}
