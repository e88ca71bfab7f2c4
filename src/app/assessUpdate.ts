import { basesOf } from '../core/base-images/basesOf.ts';
import type { BaseImageUpdate, DatedAssessment, Observation } from '../core/base-images/pointer.ts';
import type { TrackedBaseImage } from '../core/base-images/trackedBaseImage.ts';
import { untrackedBase } from '../core/base-images/untrackedBase.ts';
import type { Assessment } from '../core/evidence/assessment.ts';
import { type AssessedStep, assessmentWith } from '../core/evidence/assessmentWith.ts';
import { comparisonOf, stepKey, stepsToCompare, unassessedSteps } from '../core/evidence/comparisons.ts';
import { nextLook } from '../core/evidence/dueAgain.ts';
import { type Instant, type Milliseconds, MINUTE, type SecurityLevel } from '../core/words.ts';
import type { AssessmentWrite } from '../core/writes.ts';
import type { Services } from '../ports.ts';
import { TryAgain } from './buildErrors.ts';
import { currentPolicy } from './currentPolicy.ts';

export interface AssessRequest {
  readonly base: string;
  readonly release: string;
  /**
   * Compare anew what was compared before this: advisories can come after the release that carries their fix. Of two
   * that are asked for it at once the second finds it done.
   */
  readonly before?: Instant;
  /** No step is begun at this time or later. @default a minute from now: the function has two */
  readonly until?: Instant;
}

export type Assessed =
  | {
      readonly kind: 'assessed';
      readonly level: SecurityLevel;
      readonly because: readonly string[];
      /** Steps for which there was no time: the update stays pending for them. */
      readonly left: number;
    }
  /** There is no such update, or everything of it was compared before. */
  | { readonly kind: 'nothing'; readonly because: string };

export type AssessServices = Pick<
  Services,
  'baseImages' | 'packageLists' | 'policies' | 'evidence' | 'commits' | 'now'
>;

/** Of several that assess at once each counts what the others found; so often in a row it tries to. */
const TRIES = 3;

/**
 * Says what a base image update fixes: compares its steps with all the evidence there is, one after the other, and
 * keeps what it found of each with the update at once: who dies, or has no time left, loses nothing, and what is grave
 * in one place is a reason to build while others are still compared. The update stays pending until all of its steps
 * are there. Called again it does nothing, until a place follows by a step that was not compared.
 * @throws TryAgain if others kept writing meanwhile, or there is no time to begin with
 * @throws what evidence threw for a step, after all others were compared
 */
export async function assessUpdate(request: AssessRequest, services: AssessServices): Promise<Assessed> {
  const { base, release, before = -Infinity, until = services.now() + MINUTE } = request;
  const { policy } = await currentPolicy(services);
  const compare = comparingOnce(basesOf(policy).get(base) ?? untrackedBase(base), services);
  const failures = new Map<string, Error>();
  let kept: DatedAssessment | undefined;
  let update = await services.baseImages.update(base, release);
  for (let tries = 0; tries < TRIES;) {
    if (update === undefined) return { kind: 'nothing', because: `${base} has no update ${release}` };
    const left = stepsToCompare(update, before);
    const step = left.find((each) => !failures.has(stepKey(each)));
    if (step === undefined || services.now() >= until) return ended(update, left.length, kept, failures);
    let found: Assessment;
    try {
      // One after the other: a feed of one distribution is large, and what one comparison read serves the next.
      found = await compare(step);
    } catch (error) {
      failures.set(stepKey(step), error instanceof Error ? error : new Error(String(error)));
      continue;
    }
    const write = keeping(update, { step, assessment: found }, policy.evidence.reassessFor, services.now());
    const { committed } = await services.commits.commit([write]);
    tries = committed ? 0 : tries + 1;
    if (committed) kept = write.assessment;
    update = committed
      ? { ...update, assessment: write.assessment }
      : await services.baseImages.update(base, release);
  }
  throw new TryAgain(`${base} ${release} is being assessed by somebody else`);
}

function ended(
  { base, release }: BaseImageUpdate,
  left: number,
  kept: DatedAssessment | undefined,
  failures: ReadonlyMap<string, Error>,
): Assessed {
  const [failure] = failures.values();
  if (failure !== undefined) throw failure;
  if (kept !== undefined) return { kind: 'assessed', level: kept.level, because: kept.because, left };
  if (left > 0) throw new TryAgain('there is no time left for slow feeds');
  return { kind: 'nothing', because: `${base} ${release} was assessed before` };
}

/** What was found of a step, and what is to be done next: compare the others, or look again on another day. */
function keeping(
  { base, release, firstSeenAt, observations, assessment: before }: BaseImageUpdate,
  found: AssessedStep,
  reassessFor: Milliseconds,
  now: Instant,
): AssessmentWrite {
  const assessment = assessmentWith(before, found, now);
  const expects = before?.assessedAt ?? null;
  const write = { kind: 'assessment', base, release, assessment, expects } as const;
  if (unassessedSteps({ observations, assessment }).length > 0)
    return { ...write, pending: { work: 'assess', since: firstSeenAt } };
  const since = nextLook({ firstSeenAt, assessment }, reassessFor);
  return since === undefined ? write : { ...write, pending: { work: 'assess-again', since } };
}

/** Compares a step by the evidence; a step that was asked for before keeps its answer. */
function comparingOnce(
  row: TrackedBaseImage,
  services: Pick<Services, 'evidence' | 'packageLists'>,
): (step: Observation) => Promise<Assessment> {
  const answers = new Map<string, Assessment>();
  return async (step) => {
    const answer = answers.get(stepKey(step)) ?? (await assessStep(step, row, services));
    answers.set(stepKey(step), answer);
    return answer;
  };
}

/** What our last build on the older image had in it stands in where an upstream does not say what its images hold. */
async function assessStep(
  step: Observation,
  row: TrackedBaseImage,
  { evidence, packageLists }: Pick<Services, 'evidence' | 'packageLists'>,
): Promise<Assessment> {
  const { architecture, previousImageName: baseImageName } = step;
  const known = await packageLists.newestOn({ architecture, baseImageName });
  return evidence.assess({ ...comparisonOf(step, row), ...(known === undefined ? {} : { known }) });
}
