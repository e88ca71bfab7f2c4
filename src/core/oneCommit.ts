import { pointerKey } from './base-images/pointer.ts';
import { targetKey } from './words.ts';
import type { Write } from './writes.ts';

/**
 * What fits into one commit. DynamoDB takes a hundred actions in a transaction and one for each record; both adapters
 * refuse more, so that a rule that asks for too much fails in its first test and not in an account.
 */
export const MAXIMUM_ACTIONS = 100;

/** Actions that a list of writes takes at most; whoever writes many lines splits them by this. */
export function actionsIn(writes: readonly Write[]): number {
  return writes.reduce((sum, write) => sum + actionsOf(write), 0);
}

function actionsOf({ kind }: Write): number {
  // A line is kept in the story and beside the queue; a build is found by its id and by its template.
  return kind === 'explain' || kind === 'build-member' ? 2 : 1;
}

/** Lists of writes, each whole and in their order, commit by commit; the first of these has room for others beside. */
export function inCommits(lists: readonly (readonly Write[])[], beside: readonly Write[]): Write[][] {
  const commits: Write[][] = [];
  let [commit, taken]: [Write[], number] = [[], actionsIn(beside)];
  for (const list of lists) {
    if (taken + actionsIn(list) > MAXIMUM_ACTIONS) {
      commits.push(commit);
      [commit, taken] = [[], 0];
    }
    commit.push(...list);
    taken += actionsIn(list);
  }
  return [...commits, commit];
}

/** The record a write changes, in words: what two writes of one commit may not share. */
export function subjectOf(write: Write): string {
  switch (write.kind) {
    case 'region-build':
      return `region build ${write.after.id}`;
    case 'enter-queue':
    case 'leave-queue':
      return `queue of ${targetKey(write.target)}`;
    case 'enter-running':
    case 'leave-running':
      return `running place of ${targetKey(write.target)}`;
    case 'take-slot':
    case 'free-slot':
      return `slot ${write.slot} of ${write.region}`;
    case 'reserve':
    case 'settle':
      return `pot ${write.pot}`;
    case 'attempt':
      return `attempt ${write.after.attempt} of ${write.after.regionBuild}`;
    case 'target':
      return `target ${targetKey(write.after)}`;
    case 'ami':
      return `AMI ${write.after.amiId} of ${write.after.template}`;
    case 'package-check':
      return `package check of ${targetKey(write.after)}`;
    case 'image-owner':
      return `owner of ${write.imageArn}`;
    case 'build-member':
      return `build ${write.build}`;
    case 'pointer':
      return `pointer ${pointerKey(write.after)}`;
    case 'observation':
      return `observation ${pointerKey(write.after)} of ${write.after.release}`;
    case 'observation-handled':
      return `observation ${pointerKey(write.observation)} of ${write.observation.release}`;
    case 'update-seen':
    case 'assessment':
      return `update ${write.base} ${write.release}`;
    case 'announce':
      return `announcement ${write.announcement.key}`;
    case 'explain':
      return `story of ${write.regionBuild}`;
  }
}

/** Kinds of which several for one record say something together: sums of money, members, lines. */
const ADD_UP: readonly Write['kind'][] = ['reserve', 'settle', 'build-member', 'explain', 'update-seen'];

/** A list of writes that no transaction can hold: a mistake of the rule that made it. */
export class ImpossibleCommit extends Error {
  override readonly name = 'ImpossibleCommit';
}

/** Throws if the writes do not fit into one commit. */
export function assertOneCommit(writes: readonly Write[]): void {
  const actions = actionsIn(writes);
  if (actions > MAXIMUM_ACTIONS)
    throw new ImpossibleCommit(`${actions} actions in one commit; there may be ${MAXIMUM_ACTIONS}`);
  const first = new Map<string, Write>();
  for (const write of writes) {
    const subject = subjectOf(write);
    const other = first.get(subject);
    if (other === undefined) first.set(subject, write);
    else if (!ADD_UP.includes(write.kind) || !ADD_UP.includes(other.kind))
      throw new ImpossibleCommit(
        `two writes of one commit change the ${subject}: ${other.kind} and ${write.kind}`,
      );
  }
}
