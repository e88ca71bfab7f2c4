import { type Adoption, adoptBase } from '../adoptBase.ts';
import type { Candidate } from '../candidate.ts';
import { type Desk, type Gate, held } from '../desk.ts';

/** A reason that the caller knows, such as an execution that has not asked for its turn yet. */
export const callersHold: Gate = (candidate, { input, say }) => {
  const hold = input.holds?.get(candidate.id);
  return hold === undefined
    ? undefined
    : held(candidate, say.line(hold.rule, hold.because), hold.until ?? null);
};

/** A template built on another's AMI is held while that one has an open region build there (design §4, Triggers). */
export const parentOpen: Gate = (candidate, { say }) => {
  const { build, facts, depth } = candidate;
  if (depth === 0) return undefined;
  const parent = facts.situation.parent ?? 'its base template';
  return held(
    candidate,
    say.line(
      'parent',
      `held: ${parent} has an open build in ${build.region} (${build.architecture}), and this one is built on its image`,
    ),
  );
};

/** "If one is running, the next queues behind it" (design §4, Coalescing). */
export const targetRunning: Gate = (candidate, { open, say }) => {
  const before = open.runningFor(candidate.build);
  return before === undefined
    ? undefined
    : held(
        candidate,
        say.line('running', `held: queues behind ${before.id}, which runs for the same target`),
      );
};

/** Blocked images are never adopted, and what does not press waits for the minimum age (design §4, Protection). */
export const adoptable: Gate = (candidate, desk) => {
  const { say } = desk;
  const { build, boundStart } = candidate;
  const adoption = adoptionOf(candidate, desk);
  switch (adoption.kind) {
    case 'adopt':
      return undefined;
    case 'too-young': {
      // At its latest start the deadline goes before the age.
      const until = Math.min(adoption.until, boundStart - desk.input.policy.startMargin);
      return held(candidate, say.tooYoung(adoption, candidate), until);
    }
    case 'blocked': {
      const { imageId, reason } = adoption.blocked;
      return held(
        candidate,
        say.line('blocked-image', `held: its base image ${imageId} is blocked: ${reason}`),
      );
    }
    case 'none':
      return held(
        candidate,
        say.line(
          'no-base-image',
          `held: no base image is known for it in ${build.region} (${build.architecture})`,
        ),
      );
  }
};

export function adoptionOf({ build, facts, mustStart }: Candidate, { input }: Desk): Adoption {
  const { policy, baseImagesOf, now } = input;
  return adoptBase(
    baseImagesOf(build),
    { minimumAge: facts.minimumAge, blockedImages: policy.blockedImages },
    mustStart || build.urgency === 'high',
    now,
  );
}
