import { without } from '../../../src/core/builds/compose.ts';
import type { Write } from '../../../src/core/writes.ts';
import {
  aPackageCheck,
  aPointer,
  aRegionBuild,
  anAmi,
  anAssessment,
  anAttempt,
  anObservation,
  anAnnouncement,
  aTargetState,
  BASE,
  HERE,
  NOON,
} from './records.ts';

/** A write after others that have been committed one by one. */
export interface Case {
  readonly says: string;
  readonly before?: readonly Write[];
  readonly write: Write;
}

const id = aRegionBuild().id;
const other = aRegionBuild({ sequence: 2 }).id;

const created: Write = { kind: 'region-build', after: aRegionBuild(), expects: null };
const changed: Write = { kind: 'region-build', after: aRegionBuild({ revision: 2 }), expects: 1 };
const place = (
  kind: 'enter-queue' | 'leave-queue' | 'enter-running' | 'leave-running',
  regionBuild = id,
): Write => ({
  kind,
  target: HERE,
  regionBuild,
});
const slot = (kind: 'take-slot' | 'free-slot', regionBuild = id, attempt = 1): Write => ({
  kind,
  region: HERE.region,
  slot: 3,
  regionBuild,
  attempt,
});
const reserve = (amount: number, limit: number): Write => ({
  kind: 'reserve',
  pot: 'monthly',
  amount,
  limit,
});
const settle = (ceiling: number, cost: number): Write => ({ kind: 'settle', pot: 'monthly', ceiling, cost });
const held: Write = { kind: 'attempt', after: anAttempt(), expects: null };
const ended: Write = { kind: 'attempt', after: anAttempt({ state: 'settled' }), expects: 'held' };
const newTarget: Write = { kind: 'target', after: aTargetState(), expects: null };
const movedTarget: Write = { kind: 'target', after: aTargetState({ revision: 2 }), expects: 1 };
const newAmi: Write = { kind: 'ami', after: anAmi(), expects: null, pending: 'publish' };
const active: Write = { kind: 'ami', after: anAmi({ state: 'active' }), expects: 'candidate' };
const firstCheck: Write = { kind: 'package-check', after: aPackageCheck(), expects: null };
const secondCheck: Write = { kind: 'package-check', after: aPackageCheck({ revision: 2 }), expects: 1 };
const owner = (regionBuild: string): Write => ({
  kind: 'image-owner',
  imageArn: anAmi().imageArn,
  regionBuild,
});
const pointer = (
  after: Parameters<typeof aPointer>[0],
  expects: (Write & { kind: 'pointer' })['expects'],
): Write => ({
  kind: 'pointer',
  after: aPointer(after),
  expects,
});
const unversioned = without(aPointer(), 'parameterVersion');
const firstPointer: Write = pointer({}, null);
const NAMED = {
  imageId: 'ami-0base',
  parameterVersion: 7,
  parameter: '/golden/base',
  parameterModifiedAt: NOON,
};
const namedPointer: Write = pointer(NAMED, null);
const unversionedPointer: Write = { kind: 'pointer', after: unversioned, expects: null };
const seen: Write = { kind: 'update-seen', base: BASE, release: '2023.9', at: NOON };
const assessment = (assessedAt: number, expects: number | null): Write => ({
  kind: 'assessment',
  base: BASE,
  release: '2023.9',
  assessment: anAssessment({ assessedAt }),
  expects,
});
const observed = (seenAt = NOON): Write => ({ kind: 'observation', after: anObservation({ seenAt }) });
const handled = (seenAt = NOON): Write => ({
  kind: 'observation-handled',
  observation: anObservation({ seenAt }),
});
const member: Write = {
  kind: 'build-member',
  build: 'python-ml-0a1b2c3d',
  template: 'python-ml',
  because: 'amazon-linux-2023 moved',
  requestedAt: NOON,
  regionBuild: id,
};
const announced: Write = { kind: 'announce', announcement: anAnnouncement() };
const line: Write = {
  kind: 'explain',
  regionBuild: id,
  line: { at: NOON, rule: 'off-peak', because: 'waits' },
};

/** Where each write holds. */
export const HOLDS: readonly Case[] = [
  { says: 'a region build that does not exist', write: created },
  { says: 'a region build of the expected revision', before: [created], write: changed },
  { says: 'a target with nothing in the queue', write: place('enter-queue') },
  {
    says: 'a target whose region build runs, for its queue',
    before: [place('enter-running')],
    write: place('enter-queue', other),
  },
  {
    says: 'the one that stands in the queue, to leave it',
    before: [place('enter-queue')],
    write: place('leave-queue'),
  },
  {
    says: 'a queue that was left',
    before: [place('enter-queue'), place('leave-queue')],
    write: place('enter-queue', other),
  },
  { says: 'a target where nothing runs', write: place('enter-running') },
  { says: 'the one that runs, to leave', before: [place('enter-running')], write: place('leave-running') },
  { says: 'a free slot', write: slot('take-slot') },
  { says: 'the slot of its owner', before: [slot('take-slot')], write: slot('free-slot') },
  {
    says: 'a slot that was freed',
    before: [slot('take-slot'), slot('free-slot')],
    write: slot('take-slot', other),
  },
  { says: 'a pot that was never used, up to its limit', write: reserve(50, 50) },
  { says: 'a pot with just enough left', before: [reserve(30, 50)], write: reserve(20, 50) },
  {
    says: 'a pot that got back what was not spent',
    before: [reserve(50, 50), settle(50, 20)],
    write: reserve(30, 50),
  },
  { says: 'a pot that holds something, to be settled', before: [reserve(30, 50)], write: settle(30, 10) },
  { says: 'an attempt that does not exist', write: held },
  { says: 'an attempt in the expected state', before: [held], write: ended },
  { says: 'a target that does not exist', write: newTarget },
  { says: 'a target of the expected revision', before: [newTarget], write: movedTarget },
  { says: 'an AMI that does not exist', write: newAmi },
  { says: 'an AMI in the expected state', before: [newAmi], write: active },
  { says: 'the first package check', write: firstCheck },
  { says: 'a package check of the expected revision', before: [firstCheck], write: secondCheck },
  { says: 'an image that nobody owns', write: owner(id) },
  { says: 'an image that it owns already', before: [owner(id)], write: owner(id) },
  { says: 'a pointer that does not exist', write: firstPointer },
  {
    says: 'a pointer of the expected image and parameter',
    before: [namedPointer],
    write: pointer({ imageId: 'ami-0next', parameterVersion: 8 }, NAMED),
  },
  {
    says: 'a pointer of the expected image and version',
    before: [firstPointer],
    write: pointer(
      { imageId: 'ami-0next', parameterVersion: 8 },
      { imageId: 'ami-0base', parameterVersion: 7 },
    ),
  },
  {
    says: 'a pointer of the expected image, which has no version',
    before: [unversionedPointer],
    write: pointer({ imageId: 'ami-0next' }, { imageId: 'ami-0base' }),
  },
  { says: 'an observation', write: observed() },
  { says: 'an observation of a place seen before', before: [observed()], write: observed(NOON + 1) },
  { says: 'an observation that was made', before: [observed()], write: handled() },
  { says: 'an observation that was handled already', before: [observed(), handled()], write: handled() },
  { says: 'an update never seen', write: seen },
  { says: 'an update seen before', before: [seen], write: { ...seen, at: NOON + 1 } },
  { says: 'the first assessment', before: [seen], write: assessment(NOON + 1, null) },
  {
    says: 'a later assessment in place of the expected one',
    before: [seen, assessment(NOON + 1, null)],
    write: assessment(NOON + 2, NOON + 1),
  },
  { says: 'a member of a new build', write: member },
  { says: 'a member that belongs already', before: [member], write: member },
  { says: 'an announcement', write: announced },
  { says: 'an announcement made before', before: [announced], write: announced },
  { says: 'a line', write: line },
  { says: 'a line told before', before: [line], write: line },
];

/** Where each write is refused. */
export const REFUSED: readonly Case[] = [
  { says: 'a package check that was made already', before: [firstCheck], write: firstCheck },
  { says: 'a package check that was never made, to be followed', write: secondCheck },
  { says: 'a package check of another revision', before: [firstCheck, secondCheck], write: secondCheck },
  { says: 'a region build that exists', before: [created], write: created },
  { says: 'a region build that does not exist, to be changed', write: changed },
  { says: 'a region build of another revision', before: [created, changed], write: changed },
  { says: 'a queue with another in it', before: [place('enter-queue')], write: place('enter-queue', other) },
  { says: 'a queue it stands in already', before: [place('enter-queue')], write: place('enter-queue') },
  { says: 'an empty queue, to leave it', write: place('leave-queue') },
  {
    says: 'the place of another in the queue, to leave it',
    before: [place('enter-queue', other)],
    write: place('leave-queue'),
  },
  {
    says: 'a target where another runs',
    before: [place('enter-running', other)],
    write: place('enter-running'),
  },
  { says: 'a target where nothing runs, to leave it', write: place('leave-running') },
  {
    says: 'the running place of another, to leave it',
    before: [place('enter-running', other)],
    write: place('leave-running'),
  },
  { says: 'a slot of another', before: [slot('take-slot', other)], write: slot('take-slot') },
  { says: 'its own slot once more', before: [slot('take-slot')], write: slot('take-slot') },
  { says: 'a free slot, to free it', write: slot('free-slot') },
  { says: 'the slot of another, to free it', before: [slot('take-slot', other)], write: slot('free-slot') },
  {
    says: 'the slot of another attempt, to free it',
    before: [slot('take-slot', id, 2)],
    write: slot('free-slot'),
  },
  { says: 'a pot never used, above its limit', write: reserve(51, 50) },
  { says: 'a pot with a millionth too little left', before: [reserve(30, 50)], write: reserve(21, 50) },
  {
    says: 'a pot whose limit was lowered below what it holds',
    before: [reserve(30, 50)],
    write: reserve(0, 29),
  },
  {
    says: 'a pot whose overrun used up the rest',
    before: [reserve(30, 50), settle(30, 60)],
    write: reserve(1, 50),
  },
  { says: 'a pot that was never used, to be settled', write: settle(30, 10) },
  { says: 'an attempt that exists', before: [held], write: held },
  { says: 'an attempt that does not exist, to be ended', write: ended },
  { says: 'an attempt that has ended, to be ended again', before: [held, ended], write: ended },
  { says: 'a target that exists', before: [newTarget], write: newTarget },
  { says: 'a target that does not exist, to be changed', write: movedTarget },
  { says: 'a target of another revision', before: [newTarget, movedTarget], write: movedTarget },
  { says: 'an AMI that exists', before: [newAmi], write: newAmi },
  { says: 'an AMI in another state', before: [newAmi, active], write: active },
  { says: 'an AMI that does not exist, to be changed', write: active },
  { says: 'an image that another owns', before: [owner(other)], write: owner(id) },
  { says: 'a pointer that exists', before: [firstPointer], write: firstPointer },
  { says: 'a pointer that does not exist, to be moved', write: pointer({}, { imageId: 'ami-0base' }) },
  {
    says: 'a pointer that shows another image',
    before: [firstPointer],
    write: pointer({}, { imageId: 'ami-0other', parameterVersion: 7 }),
  },
  {
    says: 'a pointer of another version',
    before: [firstPointer],
    write: pointer({}, { imageId: 'ami-0base', parameterVersion: 6 }),
  },
  {
    says: 'a pointer that was read from another parameter',
    before: [namedPointer],
    write: pointer({}, { ...NAMED, parameter: '/golden/other' }),
  },
  {
    says: 'a pointer whose parameter was written at another time',
    before: [namedPointer],
    write: pointer({}, { ...NAMED, parameterModifiedAt: NOON + 1 }),
  },
  {
    says: 'a pointer that has a version where none is expected',
    before: [firstPointer],
    write: pointer({}, { imageId: 'ami-0base' }),
  },
  {
    says: 'a pointer that has no version where one is expected',
    before: [unversionedPointer],
    write: pointer({}, { imageId: 'ami-0base', parameterVersion: 7 }),
  },
  { says: 'an observation nobody made, to be handled', write: handled() },
  {
    says: 'an observation that was made again since, to be handled',
    before: [observed(), observed(NOON + 1)],
    write: handled(),
  },
  { says: 'an update nobody saw, to be assessed', write: assessment(NOON, null) },
  {
    says: 'an update that was assessed, to be assessed first',
    before: [seen, assessment(NOON + 1, null)],
    write: assessment(NOON + 2, null),
  },
  {
    says: 'an update that was not assessed, to be assessed again',
    before: [seen],
    write: assessment(NOON + 2, NOON + 1),
  },
  {
    says: 'an update with another assessment than the expected one',
    before: [seen, assessment(NOON + 1, null)],
    write: assessment(NOON + 3, NOON + 2),
  },
];

/** These have no condition, or one that can only say "so already". */
export const ALWAYS_HOLD: readonly Write['kind'][] = [
  'observation',
  'update-seen',
  'build-member',
  'announce',
  'explain',
];
