import { describe, expect, it } from 'vitest';
import { afterFailure } from '../../../src/core/builds/afterFailure.ts';
import { failureOf } from '../../../src/core/builds/failureOf.ts';
import { attemptCost, ranFor } from '../../../src/core/builds/image.ts';
import { isOwnedBy, type BuildFailure } from '../../../src/core/builds/regionBuild.ts';
import { stepError } from '../../../src/core/builds/stepError.ts';
import { verdictOf } from '../../../src/core/builds/verdict.ts';
import { HOUR, MINUTE } from '../../../src/core/words.ts';
import { aGranted, aRunning, aStarting, GRANT, ID, NOW } from './builders.ts';

describe('the error of a step', () => {
  it.each([
    [
      'a function that threw',
      {
        Error: 'ImpossibleImage',
        Cause: '{"errorType":"ImpossibleImage","errorMessage":"no base","trace":[]}',
      },
      { error: 'ImpossibleImage', reason: 'no base' },
    ],
    [
      'a task that was told to fail',
      { Error: 'ImageFailed', Cause: 'Component install failed' },
      { error: 'ImageFailed', reason: 'Component install failed' },
    ],
    ['a cause that is JSON of somebody else', { Error: 'E', Cause: '[1]' }, { error: 'E', reason: '[1]' }],
    [
      'no cause at all',
      { Error: 'States.Timeout', Cause: '' },
      { error: 'States.Timeout', reason: 'no reason was given' },
    ],
    ['a message that is no text', { Error: 'E', Cause: '{"errorMessage":7}' }, { error: 'E', reason: '7' }],
  ])('%s', (_, given, expected) => {
    expect(stepError(given)).toEqual(expected);
  });

  it('is cut where it is longer than anybody reads', () => {
    expect(stepError({ Error: 'E', Cause: 'x'.repeat(30_000) }).reason).toHaveLength(2_000);
  });
});

describe('what an image has come to', () => {
  it.each([
    ['PENDING', undefined, { kind: 'running' }],
    ['INTEGRATING', undefined, { kind: 'running' }],
    ['AVAILABLE', 'ami-1', { kind: 'made', amiId: 'ami-1' }],
    ['AVAILABLE', undefined, { kind: 'failed', error: 'ImageGone' }],
    ['FAILED', undefined, { kind: 'failed', error: 'ImageFailed' }],
    ['CANCELLED', undefined, { kind: 'failed', error: 'ImageCancelled' }],
    ['DELETED', undefined, { kind: 'failed', error: 'ImageGone' }],
  ])('%s with the AMI %s', (status, amiId, expected) => {
    expect(verdictOf({ status, ...(amiId === undefined ? {} : { amiId }) })).toMatchObject(expected);
  });

  it('is in Image Builder’s own words, with the place of the log', () => {
    expect(verdictOf({ status: 'FAILED', reason: 'test failed', log: '/aws/imagebuilder/x' })).toEqual({
      kind: 'failed',
      error: 'ImageFailed',
      reason: 'test failed',
      log: '/aws/imagebuilder/x',
    });
    expect(verdictOf(undefined)).toMatchObject({ kind: 'failed', error: 'ImageGone' });
  });
});

describe('why an attempt ended', () => {
  const STEP = { error: 'States.Timeout', reason: 'no reason was given' };

  it('is the image’s reason if that failed, and transient if it says so', () => {
    const image = verdictOf({
      status: 'FAILED',
      reason: 'InsufficientInstanceCapacity in us-east-1a',
      log: 'l',
    });
    expect(failureOf(aRunning(), STEP, image.kind === 'failed' ? image : undefined, NOW)).toEqual({
      at: NOW,
      attempt: 1,
      error: 'ImageFailed',
      reason: 'InsufficientInstanceCapacity in us-east-1a',
      log: 'l',
      transient: true,
    });
  });

  it('is the step’s if there is no image', () => {
    const step = { error: 'ServiceQuotaExceededException', reason: 'too many recipes' };
    expect(failureOf(aStarting(), step, undefined, NOW)).toMatchObject({ ...step, transient: true });
    const broken = { error: 'ImpossibleImage', reason: 'no such base' };
    expect(failureOf(aStarting(), broken, undefined, NOW)).toMatchObject({ ...broken, transient: false });
    const gone = { error: 'BaseImageGone', reason: 'ami-1 is not there' };
    expect(failureOf(aStarting(), gone, undefined, NOW).transient).toBe(true);
  });

  it('is its length if it was cancelled for that', () => {
    const cancelled = { kind: 'failed', error: 'ImageCancelled', reason: 'user asked' } as const;
    const tooLong = { ...aRunning().image!, startedAt: NOW - 3 * HOUR };
    expect(failureOf(aRunning({ image: tooLong }), STEP, cancelled, NOW)).toMatchObject({
      error: 'TooLong',
      reason: 'the image took longer than the 3 hours it may take, and was cancelled',
      transient: false,
    });
    expect(failureOf(aRunning(), STEP, cancelled, NOW)).toMatchObject({ error: 'ImageCancelled' });
  });
});

describe('what follows a failure', () => {
  const policy = { maxAttempts: 3, retryBackoff: 2 * MINUTE };
  const failure = (changes: Partial<BuildFailure>): BuildFailure => ({
    at: NOW,
    attempt: 1,
    error: 'ImageFailed',
    reason: 'Rate exceeded',
    transient: true,
    ...changes,
  });

  it.each([
    [1, 0, 2 * MINUTE],
    [1, 0.5, 2.5 * MINUTE],
    [2, 0, 4 * MINUTE],
  ])(
    'attempt %i with chance %d waits %d ms: the wait doubles, jitter adds up to half',
    (attempts, chance, wait) => {
      expect(afterFailure(aRunning({ attempts }), failure({}), policy, chance)).toEqual({
        kind: 'retry',
        notBefore: NOW + wait,
      });
    },
  );

  it('is the end after so many attempts as the policy says', () => {
    expect(afterFailure(aRunning({ attempts: 3 }), failure({}), policy, 0)).toEqual({ kind: 'fail' });
  });

  it('is the end for what will not pass', () => {
    expect(afterFailure(aRunning(), failure({ transient: false }), policy, 0)).toEqual({ kind: 'fail' });
  });

  it.each([
    'Lambda.Unknown',
    'Sandbox.Timedout',
    'States.Timeout',
    'TimeoutError',
    'InternalServerException',
    'TryAgain',
  ])('is the same attempt once more if %s left open whether an image was started', (error) => {
    expect(afterFailure(aStarting(), failure({ error }), policy, 0)).toEqual({ kind: 'ask-again' });
    const again = aStarting({ grant: { ...GRANT, askedAgain: true } });
    expect(afterFailure(again, failure({ error }), policy, 0).kind).toBe('retry');
    expect(afterFailure(aRunning(), failure({ error }), policy, 0).kind).toBe('retry');
  });

  it('is another attempt at once where the start was refused: no image is there', () => {
    const refused = failure({ error: 'ServiceQuotaExceededException' });
    expect(afterFailure(aStarting(), refused, policy, 0).kind).toBe('retry');
  });
});

describe('what an attempt cost', () => {
  it('is its running time at the hourly cost that was frozen, until its image was seen to have ended', () => {
    expect(attemptCost(aRunning(), NOW)).toBe(60_000);
    expect(attemptCost(aRunning(), NOW + HOUR)).toBe(180_000);
    const ended = { ...aRunning().image!, endedAt: NOW - 10 * MINUTE };
    expect(attemptCost(aRunning({ image: ended }), NOW + HOUR)).toBe(40_000);
    expect(ranFor({ image: ended }, NOW)).toBe(20 * MINUTE);
  });

  it('is nothing without an image', () => {
    expect(attemptCost(aGranted(), NOW)).toBe(0);
    expect(attemptCost(aStarting(), NOW)).toBe(0);
  });
});

describe('the execution that owns a region build', () => {
  it('is the one with its present number', () => {
    const arn = (name: string) => `arn:aws:states:us-east-1:123456789012:execution:compile-template:${name}`;
    expect(isOwnedBy(aGranted(), arn(`${ID}-1`))).toBe(true);
    expect(isOwnedBy(aGranted({ executionNumber: 11 }), arn(`${ID}-1`))).toBe(false);
    expect(isOwnedBy(aGranted(), arn(`other-${ID}-1`))).toBe(false);
  });
});
