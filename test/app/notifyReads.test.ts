import { expect, test } from 'vitest';
import { notify } from '../../src/app/notify.ts';
import { EVENTS } from '../../src/core/events.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { DEFAULT_POLICY } from '../../src/core/policy/policy.ts';
import { newWorld } from './world.ts';

/** What is read of region builds to tell that one was queued. */
async function readFor(policy: Partial<Policy>): Promise<string[]> {
  const world = newWorld({ policy });
  await world.prepare();
  const { id } = await world.ask();
  const reads: string[] = [];
  const { regionBuilds } = world.services;
  const detail = { regionBuild: id };
  await notify(
    { detailType: EVENTS.BUILD_QUEUED, detail },
    {
      ...world.services,
      regionBuilds: {
        ...regionBuilds,
        get: (each) => {
          reads.push(`get ${each}`);
          return regionBuilds.get(each);
        },
        build: (each) => {
          reads.push('build');
          return regionBuilds.build(each);
        },
      },
    },
  );
  return reads;
}

const TOLD_BEFORE = { notify: { ...DEFAULT_POLICY.notify, beforeRebuild: true } };

test('of a queued build that nobody is to be told of, nothing is read but itself, for status', async () => {
  expect(await readFor({})).toEqual(['get python-ml-us-east-1-x86_64-1']);
});

test('one that people are told of is read once, with the build it belongs to', async () => {
  expect(await readFor(TOLD_BEFORE)).toEqual(['get python-ml-us-east-1-x86_64-1', 'build']);
});
