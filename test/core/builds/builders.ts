import type { Grant, RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { newTargetState, type Ami, type TargetState } from '../../../src/core/builds/target.ts';
import { HOUR, MINUTE, type Instant } from '../../../src/core/words.ts';
import type { Write } from '../../../src/core/writes.ts';

export const NOW: Instant = Date.UTC(2026, 10, 24, 19);

export const TARGET = { template: 'python-ml', region: 'us-east-1', architecture: 'x86_64' } as const;
export const ID = 'python-ml-us-east-1-x86_64-7';
export const IMAGE_ARN = 'arn:aws:imagebuilder:us-east-1:123456789012:image/auto-ami-python-ml/1.2.3/1';

export const GRANT: Grant = {
  attempt: 1,
  at: NOW - 40 * MINUTE,
  slot: 3,
  baseImageId: 'ami-0base',
  baseImageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
  baseRelease: '2023.12.20260727',
  fingerprint: 'f1',
  instanceType: 'm7i.large',
  maximumDuration: 3 * HOUR,
  hourlyCost: 120_000,
  reservation: {
    amount: 360_000,
    pot: 'daily',
    holdings: [
      { key: 'daily#2026-11-24', amount: 360_000, share: 10_000 },
      { key: 'monthly#2026-11', amount: 360_000, share: 10_000 },
      { key: 'grant:nsf-1', amount: 90_000, share: 2_500 },
    ],
  },
};

export function aQueued(changes: Partial<RegionBuild> = {}): RegionBuild {
  return {
    ...TARGET,
    id: ID,
    sequence: 7,
    build: 'python-ml-1a2b3c4d',
    status: 'queued',
    revision: 1,
    requestedAt: NOW - HOUR,
    triggers: ['security'],
    reasons: [{ trigger: 'security', at: NOW - HOUR, level: 'high', because: 'the base moved (high)' }],
    level: 'high',
    urgency: 'high',
    priority: 60,
    pot: 'daily',
    deadlineBinds: true,
    immediate: false,
    forced: false,
    approval: 'not-needed',
    attempts: 0,
    executionNumber: 1,
    cost: 0,
    turn: { token: 't1', execution: `arn:aws:states:us-east-1:1:execution:m:${ID}-1`, storedAt: NOW - HOUR },
    ...changes,
  };
}

export function aGranted(changes: Partial<RegionBuild> = {}): RegionBuild {
  return aQueued({ status: 'granted', revision: 3, attempts: 1, grant: GRANT, ...changes });
}

/** Verified, its image not started yet. */
export function aStarting(changes: Partial<RegionBuild> = {}): RegionBuild {
  return aGranted({ status: 'running', revision: 4, startedAt: NOW - 31 * MINUTE, ...changes });
}

/** Its image runs for half an hour: 60,000 micro-dollars. */
export function aRunning(changes: Partial<RegionBuild> = {}): RegionBuild {
  return aStarting({
    revision: 6,
    image: { arn: IMAGE_ARN, attempt: 1, startedAt: NOW - 30 * MINUTE, status: 'BUILDING', token: 'i1' },
    ...changes,
  });
}

export function aTarget(changes: Partial<TargetState> = {}): TargetState {
  return { ...newTargetState(TARGET), sequence: 7, revision: 9, ...changes };
}

export function anAmi(changes: Partial<Ami> = {}): Ami {
  return {
    ...TARGET,
    amiId: 'ami-new',
    state: 'candidate',
    fingerprint: 'f1',
    baseImageId: GRANT.baseImageId,
    baseImageName: GRANT.baseImageName,
    baseRelease: GRANT.baseRelease,
    regionBuild: ID,
    build: 'python-ml-1a2b3c4d',
    imageArn: IMAGE_ARN,
    createdAt: NOW,
    replaces: null,
    ...changes,
  };
}

/** A write in a line: what it does, and after `if` what must hold. */
export function inLine(write: Write): string {
  switch (write.kind) {
    case 'region-build':
      return `${write.after.id} is ${write.after.status}, revision ${write.after.revision}, if revision ${write.expects ?? 'none'}`;
    case 'enter-queue':
    case 'leave-queue':
    case 'enter-running':
    case 'leave-running':
      return `${write.kind} ${write.regionBuild}`;
    case 'take-slot':
    case 'free-slot':
      return `${write.kind} ${write.slot} of ${write.region}, attempt ${write.attempt}`;
    case 'reserve':
      return `reserve ${write.amount} in ${write.pot}, if at most ${write.limit}`;
    case 'settle':
      return `settle ${write.cost} of ${write.ceiling} in ${write.pot}`;
    case 'attempt':
      return `attempt ${write.after.attempt} is ${write.after.state} (${write.after.outcome ?? 'open'}), if ${write.expects ?? 'none'}${pending(write)}`;
    case 'target':
      return `target revision ${write.after.revision}, if revision ${write.expects ?? 'none'}`;
    case 'ami':
      return `${write.after.amiId} is ${write.after.state}, if ${write.expects ?? 'none'}${pending(write)}`;
    case 'package-check':
      return `package check ${write.after.revision} of ${write.after.amiId}, if revision ${write.expects ?? 'none'}`;
    case 'image-owner':
      return `${write.imageArn} belongs to ${write.regionBuild}`;
    case 'build-member':
      return `${write.regionBuild} answers for ${write.build}`;
    case 'announce':
      return `announced: ${write.announcement.key}`;
    case 'explain':
      return `say ${write.line.rule} of ${write.regionBuild}`;
    case 'pointer':
    case 'observation':
    case 'update-seen':
    case 'assessment':
    case 'observation-handled':
      return write.kind;
  }
}

function pending({ pending }: { readonly pending?: string }): string {
  return pending === undefined ? '' : `, pending ${pending}`;
}

export function inLines(writes: readonly Write[]): string[] {
  return writes.map(inLine);
}

/** The region build as a list of writes leaves it. */
export function regionBuildAfter(writes: readonly Write[]): RegionBuild {
  const write = writes.find(({ kind }) => kind === 'region-build');
  if (write?.kind !== 'region-build') throw new Error('no region build is written');
  return write.after;
}
