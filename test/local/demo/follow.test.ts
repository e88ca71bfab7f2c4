import { expect, test } from 'vitest';
import { follow } from '../../../local/demo/follow/follow.ts';
import type { Followed, Stage } from '../../../local/demo/follow/followed.ts';

const at = (stage: Stage, values: Partial<Followed> = {}): Followed => ({
  id: 'python-basic-us-east-1-x86_64-1',
  build: 'python-basic-1',
  template: 'python-basic',
  region: 'us-east-1',
  architecture: 'x86_64',
  stage,
  ...values,
});

/** Looks that answer these one after the other, the last one again and again. */
const looks = (...answers: Followed[][]) => {
  let next = 0;
  return async () => answers[Math.min(next++, answers.length - 1)] ?? [];
};

const { signal } = new AbortController();
const quickly = { signal, interval: 1, patience: 40 };

test('it looks until every expected region build has ended, and tells of each look', async () => {
  const seen: (Stage | undefined)[] = [];
  const ended = await follow({
    ...quickly,
    look: looks([], [at('queued')], [at('BUILDING')], [at('published')]),
    expected: 1,
    onLook: (_, [build]) => seen.push(build?.stage),
  });
  expect(ended).toEqual([at('published')]);
  expect(seen).toEqual([undefined, 'queued', 'BUILDING', 'published']);
});

test('those that were asked for later are waited for', async () => {
  const second = at('ended', { id: 'b', because: 'failed' });
  await expect(
    follow({
      ...quickly,
      look: looks([at('published')], [at('published'), second]),
      expected: 2,
      onLook: () => undefined,
    }),
  ).resolves.toHaveLength(2);
});

test('what stands still for too long is named with its reason', async () => {
  const waiting = at('queued', { because: 'off-peak window opens 02:00 UTC' });
  await expect(
    follow({ ...quickly, look: looks([waiting]), expected: 1, onLook: () => undefined }),
  ).rejects.toThrow(
    'Nothing has changed for 0 seconds: 1 region build open, the first python-basic us-east-1 x86_64: queued, off-peak window opens 02:00 UTC.',
  );
  await expect(follow({ ...quickly, look: looks([]), expected: 3, onLook: () => undefined })).rejects.toThrow(
    '0 of 3 region builds were asked for.',
  );
});

test('it ends when the run ends', async () => {
  const controller = new AbortController();
  const following = follow({
    look: looks([at('queued')]),
    expected: 1,
    onLook: () => controller.abort(),
    signal: controller.signal,
  });
  await expect(following).rejects.toThrow('aborted');
});
