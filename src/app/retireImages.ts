import type { Ami } from '../core/builds/target.ts';
import { changesNothing, modeOf } from '../core/decide/modeOf.ts';
import { keptBack } from '../core/images/keptBack.ts';
import type { Removal } from '../core/images/removal.ts';
import { type RemovalInput, removals } from '../core/images/removals.ts';
import { dated, heldBack, isLeaving, type LeavingAmi, retire } from '../core/images/retire.ts';
import { needsPlace } from '../core/images/unfinished.ts';
import { nextStep } from '../core/images/wayOut.ts';
import { DAY } from '../core/words.ts';
import type { Services } from '../ports.ts';
import { anyway } from './anyway.ts';
import { currentPolicy } from './currentPolicy.ts';
import { askUses, ripe } from './retire/askUses.ts';
import { finishMarked } from './retire/finishMarked.ts';
import { gatherImages, type ImageServices } from './retire/gatherImages.ts';
import { oldLeftovers, removeLeftover } from './retire/removeLeftovers.ts';
import { tellEc2, type TellingServices } from './retire/tellEc2.ts';
import { noteRemoved } from './retire/noteRemoved.ts';

export type RetireServices = ImageServices & TellingServices & Pick<Services, 'activity'>;

/** AMI ids by what became of them. */
export interface ImagesRetired {
  readonly deprecated: readonly string[];
  readonly disabled: readonly string[];
  readonly deregistered: readonly string[];
}

/** One thing to do, and what it is about. */
interface Task {
  readonly of: string;
  readonly work: () => Promise<unknown>;
}

/** EC2 is told of a step that the table has taken. */
type Finish = (ami: LeavingAmi) => Promise<void>;

/** Calls that change AMIs are few a second: no burst. */
const AT_ONCE = 4;

/** A deprecation that was under way when a rollback came may reach EC2 after it: so long it is taken back again. */
const OFFERED_AGAIN = 7 * DAY;

/**
 * So many AMIs of a region are asked about in a run, the oldest first: EC2 answers ten a call, and a run has minutes.
 * The others are left to the next day.
 */
const MOST_ASKED = 500;

/**
 * The daily look at AMIs that gave way to others: deprecated, disabled, deregistered with their snapshots, a step each
 * (design §5). What an earlier run has left undone comes first, if it is still to be done. Each region goes its own
 * way, and one that fails or is slow stops no other.
 * @throws SeveralFailed at the end, with everything that failed
 */
export async function retireImages(_tick: unknown, services: RetireServices): Promise<ImagesRetired> {
  const retired: LeavingAmi[] = [];
  const input = await gatherImages(services);
  if (input.policy.mode === 'stopped') return summaryOf(retired);
  const marked = new Set((await services.amis.retiring()).map(({ amiId }) => amiId));
  const kept = keptBack({ ...input, keepPrevious: input.policy.retention.keepPrevious });
  const leftovers = await oldLeftovers(input.policy, input.now, services);
  const finish: Finish = async (ami) => {
    if (await tellEc2(ami, services)) retired.push(ami);
  };
  const run: Run = { input, marked, kept, leftovers, finish, services };
  try {
    await anyway(
      input.regions,
      (region) => `AMIs in ${region}`,
      async (region) =>
        anyway(
          await tasksOf(region, run),
          ({ of }) => of,
          ({ work }) => work(),
          services.log,
          AT_ONCE,
        ),
      services.log,
    );
  } finally {
    await noteRemoved(retired, services);
  }
  return summaryOf(retired);
}

interface Run {
  readonly input: RemovalInput;
  /** Ids of the AMIs that an earlier run has left undone. */
  readonly marked: ReadonlySet<string>;
  /** What is kept in any region, by AMI id. */
  readonly kept: ReturnType<typeof keptBack>;
  readonly leftovers: Awaited<ReturnType<typeof oldLeftovers>>;
  readonly finish: Finish;
  readonly services: RetireServices;
}

/** In the order in which they are begun. */
async function tasksOf(region: string, run: Run): Promise<Task[]> {
  const { input, marked: ids, kept, leftovers, finish, services } = run;
  const { policy, now } = input;
  const amis = input.amis.filter((ami) => ami.region === region);
  const others = { ...input, amis: amis.filter(({ amiId }) => !ids.has(amiId)) };
  const left = amis
    .filter(({ amiId, template }) => ids.has(amiId) && modeOf(template, policy) === 'act')
    .filter(isLeaving);
  const may = ripe(others);
  const later = new Set(may.slice(MOST_ASKED).map(({ amiId }) => amiId));
  const asked = [...left.filter(({ state }) => state !== 'deprecated'), ...may.slice(0, MOST_ASKED)];
  const { uses, failure } = await askUses(region, asked, services);
  const marked = left.map((ami) => ({ ami, use: uses.get(ami.amiId), kept: kept.get(ami.amiId) }));
  // They take their places in the day before any other.
  const removedToday =
    input.removedToday + marked.filter(({ ami }) => needsPlace(ami, policy.zone, now)).length;
  const due = removals({ ...others, uses, removedToday }).filter(({ ami }) => !later.has(ami.amiId));
  return [
    ...(failure === undefined ? [] : [task('users of AMIs', () => Promise.reject(failure))]),
    ...marked.map((each) =>
      task(each.ami.amiId, () =>
        whileActing(each.ami.template, services, () => finishMarked(each, policy, now, finish, services)),
      ),
    ),
    ...amis
      .filter((ami) => isOfferedAgain(ami, input))
      .map(({ amiId }) => task(amiId, () => services.amiLifecycle.undeprecate(region, amiId))),
    ...others.amis
      .filter((ami) => isUndated(ami, input))
      .map((ami) => task(ami.amiId, () => services.commits.commit(dated(ami, now)))),
    ...due.map((removal) =>
      task(removal.ami.amiId, () =>
        whileActing(removal.ami.template, services, () => take(removal, input, finish, services)),
      ),
    ),
    ...leftovers
      .filter(({ attempt }) => attempt.region === region)
      .map((leftover) =>
        task(leftover.imageArn, () =>
          whileActing(leftover.build.template, services, () => removeLeftover(leftover, services)),
        ),
      ),
  ];
}

function task(of: string, work: Task['work']): Task {
  return { of, work };
}

/** A run takes minutes: who stops it in the meantime stops what it has not begun. */
async function whileActing(
  template: string,
  services: Pick<Services, 'policies'>,
  work: () => Promise<void>,
): Promise<void> {
  const { policy } = await currentPolicy(services);
  if (modeOf(template, policy) === 'act') await work();
}

/** The table first. Where somebody else was quicker, a rollback or another run, the next run looks again. */
async function take(
  removal: Removal,
  { policy, now }: RemovalInput,
  finish: Finish,
  { commits }: Pick<Services, 'commits'>,
): Promise<void> {
  if (!removal.due) {
    const found = heldBack(removal, now);
    if (found.length > 0) await commits.commit(found);
    return;
  }
  const { after, writes } = retire(removal, policy, now);
  const { committed } = await commits.commit(writes);
  if (committed) await finish(after);
}

function isUndated(ami: Ami, { policy }: RemovalInput): boolean {
  return (
    ami.supersededAt === undefined &&
    nextStep(ami) !== undefined &&
    modeOf(ami.template, policy) !== 'stopped'
  );
}

function isOfferedAgain(
  { state, template, deprecatedAt, promotedAt = 0 }: Ami,
  { policy, now }: RemovalInput,
): boolean {
  return (
    state === 'active' &&
    deprecatedAt !== undefined &&
    promotedAt + OFFERED_AGAIN > now &&
    !changesNothing(modeOf(template, policy))
  );
}

function summaryOf(retired: readonly LeavingAmi[]): ImagesRetired {
  const those = (state: LeavingAmi['state']) =>
    retired
      .filter((ami) => ami.state === state)
      .map(({ amiId }) => amiId)
      .sort();
  return {
    deprecated: those('deprecated'),
    disabled: those('disabled'),
    deregistered: those('deregistered'),
  };
}
