import { basesOf } from '../core/base-images/basesOf.ts';
import type { Observation } from '../core/base-images/pointer.ts';
import type { TrackedBaseImage } from '../core/base-images/trackedBaseImage.ts';
import { untrackedBase } from '../core/base-images/untrackedBase.ts';
import { type AssessedStep, assessmentWith } from '../core/evidence/assessSteps.ts';
import type { Assessment } from '../core/evidence/assessment.ts';
import { comparisonOf, stepKey, stepsOf, unassessedSteps } from '../core/evidence/comparisons.ts';
import type { Instant, SecurityLevel } from '../core/words.ts';
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
}

export type Assessed =
  | { readonly kind: 'assessed'; readonly level: SecurityLevel; readonly because: readonly string[] }
  /** There is no such update, or everything of it was compared before. */
  | { readonly kind: 'nothing'; readonly because: string };

/** Of several that assess at once each counts what the others found; so often it tries to. */
const ROUNDS = 3;

/**
 * Says what a base image update fixes: compares each of its steps with all the evidence there is, and keeps the result
 * with the update. Called again it does nothing, until a place follows by a step that was not compared.
 * @throws TryAgain if others kept writing meanwhile
 */
export async function assessUpdate(
  { base, release, before = -Infinity }: AssessRequest,
  services: Pick<Services, 'baseImages' | 'packageLists' | 'policies' | 'evidence' | 'commits' | 'now'>,
): Promise<Assessed> {
  const { policy } = await currentPolicy(services);
  const row = basesOf(policy).get(base) ?? untrackedBase(base);
  const compare = comparingOnce(row, services);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const update = await services.baseImages.update(base, release);
    if (update === undefined) return { kind: 'nothing', because: `${base} has no update ${release}` };
    const again = update.assessment !== undefined && update.assessment.assessedAt < before;
    const found: AssessedStep[] = [];
    // One after the other: a feed of one distribution is large, and what the first comparison read serves the next.
    for (const step of again ? stepsOf(update) : unassessedSteps(update))
      found.push({ step, assessment: await compare(step) });
    const assessment = assessmentWith(update.assessment, found, services.now());
    if (found.length === 0 || assessment === undefined)
      return { kind: 'nothing', because: `${base} ${release} was assessed before` };
    const expects = update.assessment?.assessedAt ?? null;
    const { committed } = await services.commits.commit([
      { kind: 'assessment', base, release, assessment, expects },
    ]);
    if (committed) return { kind: 'assessed', level: assessment.level, because: assessment.because };
  }
  throw new TryAgain(`${base} ${release} is being assessed by somebody else`);
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
