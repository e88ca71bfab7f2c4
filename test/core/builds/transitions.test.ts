import { describe, expect, it } from 'vitest';
import { IllegalTransition } from '../../../src/core/builds/compose.ts';
import { enqueue } from '../../../src/core/builds/enqueue.ts';
import { cancel, fail, refuse, retry, returnToQueue, succeed } from '../../../src/core/builds/finish.ts';
import { grant, run } from '../../../src/core/builds/grant.ts';
import { imageProgress, imageStarted } from '../../../src/core/builds/image.ts';
import type { BuildFailure, RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { askAgain, renewExecution } from '../../../src/core/builds/renewExecution.ts';
import { supersede } from '../../../src/core/builds/supersede.ts';
import { mayTransition, TRANSITIONS, type Transition } from '../../../src/core/builds/transitions.ts';
import { newTargetState } from '../../../src/core/builds/target.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { MINUTE } from '../../../src/core/words.ts';
import type { Write } from '../../../src/core/writes.ts';
import {
  aGranted,
  aQueued,
  aRunning,
  aStarting,
  aTarget,
  GRANT,
  ID,
  IMAGE_ARN,
  inLines,
  NOW,
  regionBuildAfter,
  TARGET,
} from './builders.ts';

const FAILURE: BuildFailure = {
  at: NOW,
  attempt: 1,
  error: 'ImageFailed',
  reason: 'a test failed',
  transient: false,
};
const { reservation, slot, ...frozen } = GRANT;
const GIVEN = {
  slot,
  baseImageId: frozen.baseImageId,
  baseImageName: frozen.baseImageName,
  baseRelease: frozen.baseRelease,
  fingerprint: frozen.fingerprint,
  instanceType: frozen.instanceType,
  maximumDuration: frozen.maximumDuration,
  hourlyCost: frozen.hourlyCost,
  amount: reservation.amount,
  holdings: reservation.holdings.map((held) => ({ ...held, limit: 25_000_000 })),
};
const NEWER = aQueued({
  id: 'python-ml-us-east-1-x86_64-8',
  sequence: 8,
  build: 'python-ml-99999999',
  revision: 2,
  urgency: 'low',
  level: 'low',
  pot: 'monthly',
  triggers: ['dependency'],
  reasons: [{ trigger: 'dependency', at: NOW, level: 'low', because: 'its base got a new AMI' }],
});

/** Slot, places and money of the attempt given back, half an hour (60,000) booked. */
const SETTLED = [
  `leave-running ${ID}`,
  'free-slot 3 of us-east-1, attempt 1',
  'settle 60000 of 360000 in daily#2026-11-24',
  'settle 60000 of 360000 in monthly#2026-11',
  'settle 15000 of 90000 in grant:nsf-1',
];
/** The same, nothing having been spent. */
const RELEASED = [
  `leave-running ${ID}`,
  'free-slot 3 of us-east-1, attempt 1',
  'settle 0 of 360000 in daily#2026-11-24',
  'settle 0 of 360000 in monthly#2026-11',
  'settle 0 of 90000 in grant:nsf-1',
];

/** Every step of the life of a region build, with all it writes. */
const STEPS: readonly {
  readonly step: string;
  readonly writes: readonly Write[];
  readonly lines: string[];
}[] = [
  {
    step: 'enqueue takes the next number of a target that is new',
    writes: enqueue(aQueued(), { state: newTargetState(TARGET), stored: false }, { id: 'b', because: 'c' })
      .writes,
    lines: [
      'python-ml-us-east-1-x86_64-1 is queued, revision 1, if revision none',
      'enter-queue python-ml-us-east-1-x86_64-1',
      'target revision 1, if revision none',
      'python-ml-us-east-1-x86_64-1 answers for b',
      'say requested of python-ml-us-east-1-x86_64-1',
    ],
  },
  {
    step: 'grant takes turn, slot and money at once',
    writes: grant(aQueued(), GIVEN, NOW).writes,
    lines: [
      `${ID} is granted, revision 2, if revision 1`,
      `leave-queue ${ID}`,
      `enter-running ${ID}`,
      'take-slot 3 of us-east-1, attempt 1',
      'reserve 360000 in daily#2026-11-24, if at most 25000000',
      'reserve 360000 in monthly#2026-11, if at most 25000000',
      'reserve 90000 in grant:nsf-1, if at most 25000000',
      'attempt 1 is held (open), if none',
      `say granted of ${ID}`,
    ],
  },
  {
    step: 'run takes nothing',
    writes: run(aGranted(), NOW),
    lines: [`${ID} is running, revision 4, if revision 3`],
  },
  {
    step: 'imageStarted names the owner of the image',
    writes: imageStarted(aStarting(), IMAGE_ARN, NOW),
    lines: [
      `${ID} is running, revision 5, if revision 4`,
      `${IMAGE_ARN} belongs to ${ID}`,
      `say image-started of ${ID}`,
    ],
  },
  {
    step: 'imageProgress touches the region build alone',
    writes: imageProgress(aRunning(), IMAGE_ARN, 'TESTING', NOW)?.writes ?? [],
    lines: [`${ID} is running, revision 7, if revision 6`],
  },
  {
    step: 'succeed books AMI, cost, slot and target in one transaction',
    writes: succeed(aRunning(), { amiId: 'ami-new', cost: 60_000 }, aTarget(), NOW),
    lines: [
      `${ID} is succeeded, revision 7, if revision 6`,
      ...SETTLED,
      'attempt 1 is settled (succeeded), if held, pending tidy',
      'ami-new is candidate, if none, pending publish',
      'target revision 10, if revision 9',
      `say succeeded of ${ID}`,
    ],
  },
  {
    step: 'retry of a running one settles and queues again',
    writes: retry(aRunning(), FAILURE, 60_000, NOW + MINUTE),
    lines: [
      `${ID} is queued, revision 7, if revision 6`,
      ...SETTLED,
      'attempt 1 is settled (ImageFailed), if held, pending tidy',
      `enter-queue ${ID}`,
      `say retry of ${ID}`,
    ],
  },
  {
    step: 'returnToQueue gives everything back',
    writes: returnToQueue(aGranted(), 'why', NOW),
    lines: [
      `${ID} is queued, revision 4, if revision 3`,
      ...RELEASED,
      'attempt 1 is released (returned), if held',
      `enter-queue ${ID}`,
      `say returned of ${ID}`,
    ],
  },
  {
    step: 'returnToQueue leaves alone what is not held any more',
    writes: returnToQueue(aGranted(), 'why', NOW, { slot: false, money: false }),
    lines: [
      `${ID} is queued, revision 4, if revision 3`,
      `leave-running ${ID}`,
      `enter-queue ${ID}`,
      `say returned of ${ID}`,
    ],
  },
  {
    step: 'fail is remembered by the target',
    writes: fail(aRunning(), FAILURE, 60_000, aTarget()),
    lines: [
      `${ID} is failed, revision 7, if revision 6`,
      ...SETTLED,
      'attempt 1 is settled (ImageFailed), if held, pending tidy',
      'target revision 10, if revision 9',
      `say failed of ${ID}`,
    ],
  },
  {
    step: 'cancel of a queued one only leaves the queue',
    writes: cancel(aQueued(), 'why', 0, NOW),
    lines: [`${ID} is cancelled, revision 2, if revision 1`, `leave-queue ${ID}`, `say cancelled of ${ID}`],
  },
  {
    step: 'cancel of a granted one gives slot and money back',
    writes: cancel(aGranted(), 'why', 0, NOW),
    lines: [
      `${ID} is cancelled, revision 4, if revision 3`,
      ...RELEASED,
      'attempt 1 is released (cancelled), if held',
      `say cancelled of ${ID}`,
    ],
  },
  {
    step: 'cancel of a running one books what was spent, and leaves the image to be tidied',
    writes: cancel(aRunning(), 'why', 60_000, NOW),
    lines: [
      `${ID} is cancelled, revision 7, if revision 6`,
      ...SETTLED,
      'attempt 1 is settled (cancelled), if held, pending tidy',
      `say cancelled of ${ID}`,
    ],
  },
  {
    step: 'refuse only leaves the queue',
    writes: refuse(aQueued(), 'why', 7, NOW),
    lines: [`${ID} is refused, revision 2, if revision 1`, `leave-queue ${ID}`, `say refused of ${ID}`],
  },
  {
    step: 'renewExecution of a queued one changes nothing else',
    writes: renewExecution(aQueued(), 'is closed', NOW).writes,
    lines: [`${ID} is queued, revision 2, if revision 1`, `say new-execution of ${ID}`],
  },
  {
    step: 'renewExecution of one that was starting its image keeps slot and money',
    writes: renewExecution(aStarting(), 'is closed', NOW).writes,
    lines: [`${ID} is granted, revision 5, if revision 4`, `say new-execution of ${ID}`],
  },
  {
    step: 'askAgain keeps slot and money',
    writes: askAgain(aStarting(), 'why', NOW),
    lines: [`${ID} is granted, revision 5, if revision 4`, `say asked-again of ${ID}`],
  },
  {
    step: 'supersede ends the one and hands its reasons to the other',
    writes: supersede(aRunning(), NEWER, { because: 'attempt 1 ended', cost: 60_000 }, DEFAULT_POLICY, NOW),
    lines: [
      `${ID} is cancelled, revision 7, if revision 6`,
      ...SETTLED,
      'attempt 1 is settled (cancelled), if held, pending tidy',
      `say cancelled of ${ID}`,
      'python-ml-us-east-1-x86_64-8 is queued, revision 3, if revision 2',
      'python-ml-us-east-1-x86_64-8 answers for python-ml-1a2b3c4d',
      'say coalesced of python-ml-us-east-1-x86_64-8',
    ],
  },
];

describe('every step of the life of a region build', () => {
  it.each(STEPS)('$step', ({ writes, lines }) => {
    expect(inLines(writes)).toEqual(lines);
  });

  const ASKED: Readonly<Record<Transition, (build: RegionBuild) => unknown>> = {
    grant: (build) => grant(build, GIVEN, NOW),
    run: (build) => run(build, NOW),
    rearm: (build) => askAgain(build, 'why', NOW),
    requeue: (build) => returnToQueue(build, 'why', NOW),
    succeed: (build) => succeed(build, { amiId: 'ami-new', cost: 1 }, aTarget(), NOW),
    fail: (build) => fail(build, FAILURE, 0, aTarget()),
    cancel: (build) => cancel(build, 'why', 0, NOW),
    refuse: (build) => refuse(build, 'why', 7, NOW),
  };
  const BUILDS: readonly RegionBuild[] = [
    aQueued({ grant: GRANT }),
    aGranted(),
    aStarting(),
    ...(['succeeded', 'failed', 'cancelled', 'refused'] as const).map((status) => aStarting({ status })),
  ];
  const image = aRunning().image!;

  it.each(
    (Object.keys(TRANSITIONS) as Transition[]).flatMap((transition) =>
      BUILDS.filter(({ status }) => !mayTransition(status, transition)).map((build) => ({
        transition,
        build: transition === 'succeed' ? { ...build, image } : build,
        status: build.status,
      })),
    ),
  )('$transition is refused to one that is $status', ({ transition, build }) => {
    expect(() => ASKED[transition](build)).toThrow(IllegalTransition);
  });
});

describe('what a step leaves in the region build', () => {
  it('a grant freezes what is built and keeps the turn', () => {
    const { regionBuild } = grant(aQueued({ attempts: 1 }), GIVEN, NOW);
    expect(regionBuild).toMatchObject({
      attempts: 2,
      turn: { token: 't1' },
      grant: { attempt: 2, at: NOW, baseImageId: 'ami-0base', fingerprint: 'f1', reservation },
    });
  });

  it('one that returns to its queue carries nothing of its attempt, and its execution may store a turn again', () => {
    for (const writes of [returnToQueue(aStarting(), 'why', NOW), retry(aRunning(), FAILURE, 1, NOW)]) {
      const after = regionBuildAfter(writes);
      expect(after).not.toHaveProperty('grant');
      expect(after).not.toHaveProperty('image');
      expect(after).not.toHaveProperty('turn');
    }
  });

  it('a retry adds up what all attempts cost, and waits', () => {
    const after = regionBuildAfter(retry(aRunning({ cost: 40_000 }), FAILURE, 60_000, NOW + MINUTE));
    expect(after).toMatchObject({ cost: 100_000, notBefore: NOW + MINUTE, failure: FAILURE, attempts: 1 });
  });

  it('a new execution has the next number and no turn; the attempt stays the same', () => {
    const { regionBuild } = renewExecution(aStarting(), 'is closed', NOW);
    expect(regionBuild).toMatchObject({ executionNumber: 2, status: 'granted', attempts: 1, grant: GRANT });
    expect(regionBuild).not.toHaveProperty('turn');
  });

  it('an image that is known is never started anew', () => {
    expect(() => renewExecution(aRunning(), 'is closed', NOW)).toThrow(/followed/);
    expect(() => askAgain(aRunning(), 'why', NOW)).toThrow(/nothing to ask/);
  });

  it('one that is superseded hands on how urgent it was, who pays, and its backoff', () => {
    const ended = { because: 'attempt 1 ended', cost: 60_000, notBefore: NOW + 5 * MINUTE };
    const writes = supersede(aRunning(), NEWER, ended, DEFAULT_POLICY, NOW);
    const heir = writes.filter((write) => write.kind === 'region-build').at(-1)?.after;
    expect(heir).toMatchObject({
      id: NEWER.id,
      urgency: 'high',
      level: 'high',
      pot: 'daily',
      triggers: ['security', 'dependency'],
      notBefore: NOW + 5 * MINUTE,
    });
  });

  it('the durations of a target are those until the image was seen to have ended', () => {
    const build = aRunning({ image: { ...image(), endedAt: NOW - 10 * MINUTE } });
    const target = succeed(build, { amiId: 'a', cost: 1 }, aTarget({ failuresInARow: 2 }), NOW).find(
      (write) => write.kind === 'target',
    );
    expect(target).toMatchObject({ after: { durations: [20 * MINUTE], failuresInARow: 0 } });
  });

  function image() {
    return aRunning().image!;
  }
});

describe('progress of an image', () => {
  it('is noted forwards only, of this image alone', () => {
    const build = aRunning();
    expect(imageProgress(build, IMAGE_ARN, 'BUILDING', NOW)).toBeUndefined();
    expect(imageProgress(build, IMAGE_ARN, 'PENDING', NOW)).toBeUndefined();
    expect(imageProgress(build, `${IMAGE_ARN}0`, 'TESTING', NOW)).toBeUndefined();
    expect(imageProgress(aQueued(), IMAGE_ARN, 'TESTING', NOW)).toBeUndefined();
  });

  it('remembers when it ended: what comes later is not paid for', () => {
    const ended = imageProgress(aRunning(), IMAGE_ARN, 'AVAILABLE', NOW);
    expect(ended?.regionBuild.image).toMatchObject({ status: 'AVAILABLE', endedAt: NOW, token: 'i1' });
    expect(imageProgress(ended!.regionBuild, IMAGE_ARN, 'TESTING', NOW)).toBeUndefined();
  });
});
