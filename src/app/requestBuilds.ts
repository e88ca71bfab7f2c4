import type { BaseImageUpdate, Observation } from '../core/base-images/pointer.ts';
import { agedTargets } from '../core/desired/aged.ts';
import { askFor, type Asked } from '../core/desired/askFor.ts';
import { missedDeadlines } from '../core/desired/missedDeadlines.ts';
import { handledObservations } from '../core/desired/handled.ts';
import type { Passed, Situation } from '../core/desired/situation.ts';
import { weighedAgain } from '../core/desired/weighedAgain.ts';
import { whatIsMissing, whoIsBehind } from '../core/desired/whatIsMissing.ts';
import { type Target, targetKey } from '../core/words.ts';
import type { Services } from '../ports.ts';
import { announce } from './announce.ts';
import { gatherHistory, gatherSituation, type SituationServices } from './gatherSituation.ts';
import { inParallel } from '../core/inParallel.ts';

export type RequestServices = SituationServices & Pick<Services, 'commits' | 'announcements' | 'log'>;

/** What looking at the desired state has led to. */
export interface BuildsRequested {
  /** Ids of the region builds that are new in the queue. */
  readonly requested: readonly string[];
  /** Ids of queued ones that a new reason has joined. */
  readonly joined: readonly string[];
  /** Why nothing was asked for, where one might expect it. */
  readonly passed: readonly Passed[];
  /** How many observations have nothing left to be asked for. */
  readonly handled: number;
  /** Keys of targets that others kept changing: the next look finds them. */
  readonly left: readonly string[];
}

/** Where somebody else was first everything is read and decided anew, so often. */
const ROUNDS = 3;

/**
 * Compares the images there should be with those there are, and asks for what is missing: one commit for each place,
 * which holds only if nobody asked meanwhile. Why it was called does not matter, so a lost or doubled event neither
 * loses nor doubles a build (design §3). Observations are marked as handled last: who dies before that leaves them to
 * the next look, which finds everything asked for already.
 */
export async function requestBuilds(_hint: unknown, services: RequestServices): Promise<BuildsRequested> {
  const requested: string[] = [];
  const joined: string[] = [];
  for (let rounds = 1; ; rounds += 1) {
    const round = await askForMissing(services);
    requested.push(...round.requested);
    joined.push(...round.joined);
    if (round.contested.length > 0 && rounds < ROUNDS) continue;
    const { passed, contested } = round;
    if (passed.length > 0) services.log.info('nothing was asked for', { passed });
    if (contested.length > 0) services.log.warn('left to the next look', { contested });
    const handled = await markHandled(round, services);
    return { requested, joined, passed, handled, left: contested.map(targetKey) };
  }
}

/** An observation for which builds may have to be asked for, and its update. */
interface Pending {
  readonly observation: Observation;
  readonly update: BaseImageUpdate | undefined;
}

interface Round {
  readonly pending: readonly Pending[];
  readonly situation: Situation;
  readonly requested: readonly string[];
  readonly joined: readonly string[];
  readonly passed: readonly Passed[];
  /** Where somebody else was first. */
  readonly contested: readonly Target[];
}

async function askForMissing(services: RequestServices): Promise<Round> {
  // Read first: whatever is pending now is then among what is compared.
  const pending = await pendingObservations(services);
  const found = await gatherSituation(services);
  if (found.policy.mode === 'stopped') return stopped(found);
  await raiseAged(found, services);
  const situation = { ...found, open: await holdToPolicy(found, services) };
  const look = whoIsBehind(situation);
  const history = await gatherHistory(look, situation, services);
  const missing = whatIsMissing(look, history, situation);
  const asked = missing.filter((each) => each.kind !== 'nothing');
  const outcomes = await inParallel(asked, (each) => ask(each, situation, services));
  await announce(missedDeadlines(look, history, situation), services);
  const committed = outcomes.filter(({ taken }) => taken);
  return {
    pending,
    situation,
    requested: committed.filter(({ kind }) => kind === 'build').map(({ regionBuild }) => regionBuild),
    joined: committed.filter(({ kind }) => kind === 'join').map(({ regionBuild }) => regionBuild),
    passed: [...look.passed, ...missing.flatMap((each) => (each.kind === 'nothing' ? [each.passed] : []))],
    contested: outcomes.filter(({ taken }) => !taken).map(({ target }) => target),
  };
}

/** What is too old is behind at the next look, which the raised epoch asks for. Whoever else wrote was first. */
async function raiseAged(situation: Situation, { commits }: Pick<Services, 'commits'>): Promise<void> {
  await inParallel(agedTargets(situation), (write) => commits.commit([write]));
}

/** What is queued, as the policy wants it now; others may have been first, and the next look finds what is left. */
async function holdToPolicy(
  situation: Situation,
  { commits }: Pick<Services, 'commits'>,
): Promise<Situation['open']> {
  const weighed = weighedAgain(situation);
  const committed = await inParallel(weighed, async ({ after, writes }) => {
    const result = await commits.commit(writes);
    return result.committed ? [[after.id, after] as const] : [];
  });
  const now = new Map(committed.flat());
  const open = [...situation.open].map(
    ([key, builds]) => [key, builds.map((build) => now.get(build.id) ?? build)] as const,
  );
  return now.size === 0 ? situation.open : new Map(open);
}

/** Stopped touches nothing: not even what is pending is marked. */
function stopped(situation: Situation): Round {
  const passed = [
    { subject: 'everything', rule: 'mode', because: 'nothing is asked for: the mode is stopped' },
  ];
  return { pending: [], situation, requested: [], joined: [], passed, contested: [] };
}

async function pendingObservations({
  baseImages,
}: Pick<Services, 'baseImages'>): Promise<readonly Pending[]> {
  const observations = await baseImages.unhandled();
  const keyOf = ({ base, release }: Observation) => JSON.stringify([base, release]);
  const named = new Map(observations.map((observation) => [keyOf(observation), observation]));
  const read = await inParallel([...named], async ([key, { base, release }]) => {
    return [key, await baseImages.update(base, release)] as const;
  });
  const updates = new Map(read);
  return observations.map((observation) => ({ observation, update: updates.get(keyOf(observation)) }));
}

async function ask(asked: Asked, situation: Situation, { commits }: Pick<Services, 'commits'>) {
  const { regionBuild, writes } = askFor(asked, situation);
  const { committed } = await commits.commit(writes);
  return { kind: asked.kind, target: asked.behind.target, regionBuild, taken: committed };
}

/** An observation that was made anew meanwhile stays pending: its mark does not hold. */
async function markHandled(
  { pending, contested, situation }: Round,
  { commits }: Pick<Services, 'commits'>,
): Promise<number> {
  const handled = handledObservations(pending, contested, situation);
  const marks = await inParallel(handled, (observation) =>
    commits.commit([{ kind: 'observation-handled', observation }]),
  );
  return marks.filter(({ committed }) => committed).length;
}
