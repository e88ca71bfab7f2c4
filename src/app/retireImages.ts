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

/** What is done in one region, one thing after the other that they name. */
interface Task {
  readonly of: string;
  readonly region: string;
  readonly work: () => Promise<unknown>;
}

/** EC2 is told of a step that the table has taken. */
type Finish = (ami: LeavingAmi) => Promise<void>;

/** Calls that change AMIs are few a second: no burst. */
const AT_ONCE = 4;

/** A deprecation that was under way when a rollback came may reach EC2 after it: so long it is taken back again. */
const OFFERED_AGAIN = 7 * DAY;

/**
 * The daily look at AMIs that gave way to others: deprecated, disabled, deregistered with their snapshots, a step each
 * (design §5). What an earlier run has left undone comes first, if it is still to be done. Regions go on side by side, and one that fails stops
 * no other.
 * @throws SeveralFailed at the end, with everything that failed
 */
export async function retireImages(_tick: unknown, services: RetireServices): Promise<ImagesRetired> {
  const retired: LeavingAmi[] = [];
  const input = await gatherImages(services);
  if (input.policy.mode === 'stopped') return summaryOf(retired);
  const tasks = await tasksOf(
    input,
    async (ami) => {
      if (await tellEc2(ami, services)) retired.push(ami);
    },
    services,
  );
  try {
    await anyway(
      input.regions,
      (region) => `AMIs in ${region}`,
      (name) =>
        anyway(
          tasks.filter(({ region }) => region === name),
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

/** In the order in which they are begun. */
async function tasksOf(input: RemovalInput, finish: Finish, services: RetireServices): Promise<Task[]> {
  const { amis, policy, regions, now } = input;
  const ids = new Set((await services.amis.retiring()).map(({ amiId }) => amiId));
  const others = { ...input, amis: amis.filter(({ amiId }) => !ids.has(amiId)) };
  const left = amis
    .filter((ami) => ids.has(ami.amiId) && regions.includes(ami.region))
    .filter((ami) => modeOf(ami.template, policy) === 'act')
    .filter(isLeaving);
  const { uses, failures } = await askUses(
    [...left.filter(({ state }) => state !== 'deprecated'), ...ripe(others)],
    services,
  );
  const kept = keptBack({ ...input, keepPrevious: policy.retention.keepPrevious });
  const marked = left.map((ami) => ({ ami, use: uses.get(ami.amiId), kept: kept.get(ami.amiId) }));
  // They take their places in the day before any other.
  const removedToday =
    input.removedToday + marked.filter(({ ami }) => needsPlace(ami, policy.zone, now)).length;
  return [
    ...failures.map(({ region, error }) => task('users of AMIs', region, () => Promise.reject(error))),
    ...marked.map((each) =>
      task(each.ami.amiId, each.ami.region, () =>
        whileActing(each.ami.template, services, () => finishMarked(each, policy, now, finish, services)),
      ),
    ),
    ...amis
      .filter((ami) => isOfferedAgain(ami, input))
      .map(({ amiId, region }) =>
        task(amiId, region, () => services.amiLifecycle.undeprecate(region, amiId)),
      ),
    ...others.amis
      .filter((ami) => isUndated(ami, input))
      .map((ami) => task(ami.amiId, ami.region, () => services.commits.commit(dated(ami, now)))),
    ...removals({ ...others, uses, removedToday }).map((removal) =>
      task(removal.ami.amiId, removal.ami.region, () =>
        whileActing(removal.ami.template, services, () => take(removal, input, finish, services)),
      ),
    ),
    ...(await oldLeftovers(policy, now, services)).map((leftover) =>
      task(leftover.imageArn, leftover.attempt.region, () =>
        whileActing(leftover.build.template, services, () => removeLeftover(leftover, services)),
      ),
    ),
  ];
}

function task(of: string, region: string, work: Task['work']): Task {
  return { of, region, work };
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
