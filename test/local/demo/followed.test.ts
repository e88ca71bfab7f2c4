import { describe, expect, test } from 'vitest';
import type { AmiAnswer } from '../../../src/api/answers.ts';
import { followed, isSettled, progressOf, STAGES } from '../../../local/demo/follow/followed.ts';
import { FAILED, QUEUED, RUNNING, SUCCEEDED } from '../../api/sampleAnswers.ts';

const AMI = { state: 'active', publishedAt: '2026-11-24T20:26:10.000Z' } as AmiAnswer;

describe('where a region build stands', () => {
  test('queued, with the reason why it waits', () => {
    expect(followed(QUEUED, undefined, undefined)).toMatchObject({
      stage: 'queued',
      because: 'urgent window opens 02:30 UTC; must start by 19:10 UTC to meet the high deadline',
    });
  });

  test('running: what Image Builder says now goes before what the control API has seen', () => {
    expect(followed(RUNNING, undefined, undefined).stage).toBe('TESTING');
    expect(followed(RUNNING, 'DISTRIBUTING', undefined).stage).toBe('DISTRIBUTING');
    expect(followed(RUNNING, 'A NEW STATUS', undefined).stage).toBe('granted');
  });

  test('its AMI is recorded first and published then', () => {
    expect(followed(SUCCEEDED, undefined, undefined).stage).toBe('recorded');
    expect(followed(SUCCEEDED, undefined, { ...AMI, publishedAt: null }).stage).toBe('recorded');
    expect(followed(SUCCEEDED, undefined, AMI).stage).toBe('published');
  });

  test('ended badly, with the reason', () => {
    expect(followed(FAILED, undefined, undefined)).toMatchObject({
      stage: 'ended',
      because: expect.stringMatching(/^failed: Component validation failed:[^]*\(ImageFailed\)$/) as string,
    });
  });
});

test('every stage is further than the one before', () => {
  const all = STAGES.map((stage) => progressOf({ stage }));
  expect(all).toEqual([...all].sort((a, b) => a - b));
  expect([all[0], all.at(-1)]).toEqual([0, 1]);
});

test('published and ended are settled, nothing else', () => {
  expect([...STAGES, 'ended' as const].filter((stage) => isSettled({ stage }))).toEqual([
    'published',
    'ended',
  ]);
});
