import * as z from 'zod';
import { CLOSED_STATUSES, OPEN_STATUSES } from '../../core/builds/regionBuild.ts';
import { ARCHITECTURES, POTS, SECURITY_LEVELS, TRIGGERS, URGENCIES } from '../../core/words.ts';
import { ATTEMPT_STATES } from '../../core/writes.ts';
import { explanationLine, instant, microDollars, milliseconds, word } from '../values.ts';

export const target = z.object({
  template: z.string(),
  region: z.string(),
  architecture: word(ARCHITECTURES),
});

const reason = z.object({
  trigger: word(TRIGGERS),
  at: instant,
  level: word(SECURITY_LEVELS),
  because: z.string(),
  /** Who asked, for a manual one. */
  actor: z.string().nullable(),
});

const failure = z.object({
  at: instant,
  attempt: z.int(),
  error: z.string(),
  reason: z.string(),
  /** Where its log lies. */
  log: z.string().nullable(),
  transient: z.boolean(),
});

/** One template in one region for one architecture: the unit that waits, is paid, built and published. */
export const regionBuildAnswer = target.extend({
  id: z.string(),
  build: z.string(),
  status: word([...OPEN_STATUSES, ...CLOSED_STATUSES]),
  requestedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  triggers: z.array(word(TRIGGERS)),
  reasons: z.array(reason),
  level: word(SECURITY_LEVELS),
  urgency: word(URGENCIES),
  /** As it was asked for, or set by hand; launches that came since rank it higher, as far as the policy lets them. */
  priority: z.number(),
  pot: word(POTS),
  deadline: instant.nullable(),
  /** False for deadlines that only rank. */
  deadlineBinds: z.boolean(),
  approval: word(['not-needed', 'wanted', 'given']),
  /** Attempts granted so far. */
  attempts: z.int(),
  baseImageId: z.string().nullable(),
  baseRelease: z.string().nullable(),
  imageArn: z.string().nullable(),
  /** Image Builder's own status, such as `TESTING`. */
  imageStatus: z.string().nullable(),
  amiId: z.string().nullable(),
  /** What it truly cost so far, over all attempts. */
  cost: microDollars,
  /** The ceiling held for the attempt that runs. */
  reserved: microDollars.nullable(),
  failure: failure.nullable(),
  /** Why it waits now. */
  waiting: explanationLine.nullable(),
  /** When it can start as far as is known now. */
  startsAt: instant.nullable(),
  /** When it will have ended as far as is known now. */
  endsAt: instant.nullable(),
});
export type RegionBuildAnswer = z.infer<typeof regionBuildAnswer>;

const build = z.object({
  id: z.string(),
  template: z.string(),
  because: z.string(),
  requestedAt: instant,
});

/** `GET /queue`: what is open, in the order in which it will be served. */
export const queueAnswer = z.object({
  now: instant,
  zone: z.string(),
  /** Open region builds altogether; `regionBuilds` may hold fewer. */
  total: z.int(),
  regions: z.array(z.object({ region: z.string(), running: z.int(), slots: z.int() })),
  regionBuilds: z.array(regionBuildAnswer),
});
export type QueueAnswer = z.infer<typeof queueAnswer>;

/** `GET /builds`: newest first. */
export const buildsAnswer = z.object({
  now: instant,
  zone: z.string(),
  builds: z.array(build.extend({ regionBuilds: z.array(regionBuildAnswer) })),
});
export type BuildsAnswer = z.infer<typeof buildsAnswer>;

/** One try of a region build with the money held for it. */
export const attemptAnswer = z.object({
  attempt: z.int(),
  state: word(ATTEMPT_STATES),
  grantedAt: instant,
  endedAt: instant.nullable(),
  reserved: microDollars,
  cost: microDollars.nullable(),
  pots: z.array(z.string()),
  imageArn: z.string().nullable(),
  outcome: z.string().nullable(),
});
export type AttemptAnswer = z.infer<typeof attemptAnswer>;

/** `GET /builds/{id}`: a build with all its region builds, or one region build alone, with its story, oldest first. */
export const explainAnswer = z.object({
  now: instant,
  zone: z.string(),
  build,
  regionBuilds: z.array(
    regionBuildAnswer.extend({
      attemptHistory: z.array(attemptAnswer),
      story: z.array(explanationLine),
    }),
  ),
});
export type ExplainAnswer = z.infer<typeof explainAnswer>;

/** What became of a wish for a region build. */
export const BUILD_OUTCOMES = ['queued', 'merged', 'up-to-date', 'held', 'refused'] as const;

/** `POST /templates/{slug}/build`. */
export const buildTemplateAnswer = z.object({
  now: instant,
  zone: z.string(),
  /** `null` if nothing had to be built. */
  build: z.string().nullable(),
  template: z.string(),
  urgent: z.boolean(),
  /** The reason that was given, or ours. */
  reason: z.string(),
  estimate: z.object({
    cost: microDollars.nullable(),
    /** Of the longest region build, from its start. */
    duration: milliseconds.nullable(),
    /** When the last one will have ended. */
    endsAt: instant.nullable(),
  }),
  regionBuilds: z.array(
    z.object({
      id: z.string().nullable(),
      region: z.string(),
      architecture: word(ARCHITECTURES),
      outcome: word(BUILD_OUTCOMES),
      because: z.string(),
      startsAt: instant.nullable(),
    }),
  ),
  /** What else should be known, in sentences, such as that the mode is `observe`. */
  notes: z.array(z.string()),
});
export type BuildTemplateAnswer = z.infer<typeof buildTemplateAnswer>;

/** `POST /security-update/build`: one answer for each template that lacks an update, by slug. */
export const buildSecurityUpdateAnswer = z.object({
  now: instant,
  zone: z.string(),
  builds: z.array(buildTemplateAnswer),
  /** Templates for which nothing may be asked, and why. */
  refused: z.array(z.object({ template: z.string(), because: z.string() })),
});
export type BuildSecurityUpdateAnswer = z.infer<typeof buildSecurityUpdateAnswer>;

export const CANCEL_OUTCOMES = ['cancelled', 'closed-already'] as const;

/** `POST /builds/{id}/cancel`, and what a mode change cancelled. */
export const cancelledRegionBuild = target.extend({
  id: z.string(),
  outcome: word(CANCEL_OUTCOMES),
  /** What it is now, or had become before. */
  status: word([...OPEN_STATUSES, ...CLOSED_STATUSES]),
});
export const cancelAnswer = z.object({ regionBuilds: z.array(cancelledRegionBuild) });
export type CancelAnswer = z.infer<typeof cancelAnswer>;

/** What became of each region build, as it stands after that. */
function changedBuilds<const T extends string>(outcomes: readonly T[]) {
  return z.object({
    now: instant,
    zone: z.string(),
    regionBuilds: z.array(regionBuildAnswer.extend({ outcome: word(outcomes) })),
  });
}

export const APPROVE_OUTCOMES = ['approved', 'approved-already', 'not-needed', 'closed-already'] as const;

/** `POST /builds/{id}/approve`. */
export const approveAnswer = changedBuilds(APPROVE_OUTCOMES);
export type ApproveAnswer = z.infer<typeof approveAnswer>;

export const PRIORITIZE_OUTCOMES = ['changed', 'unchanged', 'started-already', 'closed-already'] as const;

/** `POST /builds/{id}/priority`. */
export const prioritizeAnswer = changedBuilds(PRIORITIZE_OUTCOMES);
export type PrioritizeAnswer = z.infer<typeof prioritizeAnswer>;
