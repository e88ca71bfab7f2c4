import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Ami, TargetState } from '../builds/target.ts';
import { by } from '../by.ts';
import { modeOf } from '../decide/modeOf.ts';
import type { Policy } from '../policy/policy.ts';
import { durationInWords } from '../time/duration.ts';
import { inWords } from '../time/inWords.ts';
import { HOUR, type Instant } from '../words.ts';
import { type AmiUse, usersInWords } from './amiUse.ts';
import { dailyLimit } from './dailyLimit.ts';
import { keptBack, type KeptBack } from './keptBack.ts';
import type { Removal, RemovalRule } from './removal.ts';
import { nextStep, STEP_RULES, type RemovalStep } from './wayOut.ts';

export interface RemovalInput {
  /** Of these templates; all that there are, where the limit of a day is to hold. */
  readonly amis: readonly Ami[];
  readonly targets: readonly TargetState[];
  /** Open region builds: what they are built on stays. */
  readonly open: readonly RegionBuild[];
  readonly policy: Policy;
  /** Where we may call AWS. */
  readonly regions: readonly string[];
  /** AMIs deregistered today already. */
  readonly removedToday: number;
  readonly now: Instant;
  /**
   * What EC2 says of their use, by AMI id: what it was not asked about is not taken away. Absent: it was asked about none,
   * and what the last look found is told.
   */
  readonly uses?: ReadonlyMap<string, AmiUse>;
}

/**
 * What becomes of every AMI that gave way to another or came to nothing (design §5): deprecated, disabled, deregistered
 * with its snapshots, one step after the other, oldest first. Nothing that somebody uses, that a target stands on or
 * that `rollback` may return to is taken away, and no more on a day than the policy says.
 */
export function removals(input: RemovalInput): Removal[] {
  const { amis, policy, removedToday, now } = input;
  const kept = keptBack({ ...input, keepPrevious: policy.retention.keepPrevious });
  const all = amis
    .flatMap((ami) => {
      const step = nextStep(ami);
      return step === undefined ? [] : [removalOf(ami, step, kept.get(ami.amiId), input)];
    })
    .sort(
      by(
        ({ ami }) => ami.supersededAt ?? now,
        ({ ami }) => ami.createdAt,
        ({ ami }) => ami.amiId,
      ),
    );
  return dailyLimit(all, removedToday, policy, now);
}

/** The first rule that holds it back tells; where none does it is due. */
function removalOf(ami: Ami, step: RemovalStep, kept: KeptBack | undefined, input: RemovalInput): Removal {
  const { policy, regions, now, uses } = input;
  const { template, region, supersededAt = now, heldBack } = ami;
  const { after, takesAway } = STEP_RULES[step];
  const waits = (rule: RemovalRule, because: string, at: Instant | null = null): Removal => ({
    ...{ ami, step, due: false, at, rule, because },
  });
  if (!regions.includes(region))
    return waits('region', `region ${region} is no longer configured: it is left there as it is`);
  if (takesAway && kept !== undefined) return waits(kept.rule, kept.because);
  const age = after(policy.retention);
  const at = supersededAt + age;
  const unless = takesAway && uses === undefined ? ', unless somebody uses it then' : '';
  const because = `it gave way ${inWords(supersededAt, policy.zone, now)}, and ${durationInWords(age)} after that it is to be ${STEP_RULES[step].to}${unless}`;
  // Nobody knows yet when one without this date gave way: its time begins when it is first seen.
  if (at > now || ami.supersededAt === undefined) return waits('age', because, at);
  const next = afterLastStep(ami, step);
  if (next > now)
    return waits('step', `it is ${ami.state} since less than a day, and goes one step a day`, next);
  const mode = modeOf(template, policy);
  if (mode !== 'act') return waits('mode', `nothing is removed while the mode is ${mode}`);
  if (step === 'deregister' && policy.retention.maximumRemovalsPerDay === 0)
    return waits('day-is-full', 'the policy lets none go (retention.max_removals_per_day is 0)');
  if (takesAway && uses !== undefined) {
    const use = uses.get(ami.amiId) ?? { kind: 'not-known-yet', because: 'EC2 was not asked' };
    const users = usersInWords(use);
    if (users !== undefined) return waits(use.kind === 'known' ? 'in-use' : 'use-unknown', users);
  }
  if (takesAway && uses === undefined && heldBack !== undefined)
    return waits('used-before', `${heldBack.because}, as of ${inWords(heldBack.at, policy.zone, now)}`);
  return { ami, step, due: true, at: now, rule: 'due', because };
}

/** Daily runs are not a day apart to the second, and one that failed is repeated within minutes. */
const BETWEEN_STEPS = 20 * HOUR;

/** From when on an AMI may go a step further: whoever depends on it has a day to notice the last one. */
function afterLastStep({ deprecatedAt = 0, disabledAt = 0 }: Ami, step: RemovalStep): Instant {
  if (!STEP_RULES[step].takesAway) return 0;
  return (step === 'disable' ? deprecatedAt : disabledAt) + BETWEEN_STEPS;
}
