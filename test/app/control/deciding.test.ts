import { describe, expect, test } from 'vitest';
import {
  ACT,
  ACT_OFF_PEAK,
  ADA,
  ANOTHER_REQUEST,
  BOB,
  controlWorld,
  PYTHON_ML,
  R_RESEARCH,
  refusal,
  REQUEST,
} from './controlWorld.ts';

const python = { slug: 'python-ml', requestId: REQUEST };
const PROPOSE = ACT.replace('mode: act', 'mode: propose');
/** The urgent pot does not pay without asking. */
const ASKING = `${ACT}  approve_emergency_builds: false\n`;

async function waiting(policy: string, changes: { readonly urgent?: boolean } = {}) {
  const there = await controlWorld({ policy });
  const { build, regionBuilds } = await there.call('buildTemplate', { ...python, ...changes });
  await there.loop.minutes(3);
  const statuses = async () =>
    (await there.call('explain', { id: build! })).regionBuilds.map(({ status }) => status);
  return { ...there, build: build!, ids: regionBuilds.map(({ id }) => id!), statuses };
}

const outcomes = (answer: { readonly regionBuilds: readonly { readonly outcome: string }[] }): string[] =>
  answer.regionBuilds.map(({ outcome }) => outcome);

describe('approving', () => {
  test.each([
    ['the mode is propose', PROPOSE, {}],
    ['the urgent pot does not pay without asking', ASKING, { urgent: true }],
  ])('lets a build go on that waits because %s, within one tick', async (_, policy, changes) => {
    const { call, loop, build, statuses } = await waiting(policy, changes);
    expect(await statuses()).toEqual(['queued', 'queued']);
    const answer = await call('approve', { id: build, reason: 'seen by two' }, BOB);
    expect(outcomes(answer)).toEqual(['approved', 'approved']);
    await loop.minute();
    expect(await statuses()).toEqual(['running', 'running']);
    const { regionBuilds } = await call('explain', { id: build });
    expect(regionBuilds[0]?.story).toContainEqual(
      expect.objectContaining({ rule: 'approved', because: `approved by ${BOB}: seen by two` }),
    );
  });

  test('one region build leaves the others waiting', async () => {
    const { call, loop, ids, statuses } = await waiting(PROPOSE);
    await call('approve', { id: ids[1]! }, BOB);
    await loop.minute();
    expect(await statuses()).toEqual(['queued', 'running']);
  });

  test('twice, or twice at once, writes it once', async () => {
    const { call, services, build, ids } = await waiting(PROPOSE);
    const both = await Promise.all([call('approve', { id: build }), call('approve', { id: build })]);
    expect(both.flatMap(outcomes).sort()).toEqual([
      'approved',
      'approved',
      'approved-already',
      'approved-already',
    ]);
    expect(outcomes(await call('approve', { id: build }))).toEqual(['approved-already', 'approved-already']);
    const story = await services.regionBuilds.explanation(ids[0]!);
    expect(story.filter(({ rule }) => rule === 'approved')).toHaveLength(1);
  });

  test('what nobody asks about changes nothing, nor does what has ended', async () => {
    const { call, build, services, ids } = await waiting(ACT_OFF_PEAK);
    const before = await services.regionBuilds.get(ids[0]!);
    expect(outcomes(await call('approve', { id: build }))).toEqual(['not-needed', 'not-needed']);
    expect(await services.regionBuilds.get(ids[0]!)).toEqual(before);
    await call('cancel', { id: build });
    expect(outcomes(await call('approve', { id: build }))).toEqual(['closed-already', 'closed-already']);
  });

  test('says when it starts now', async () => {
    const { call, build } = await waiting(PROPOSE.replaceAll("'00:00-00:00'", "'02:00-06:00'"));
    const { regionBuilds } = await call('approve', { id: build });
    expect(regionBuilds.map(({ startsAt }) => startsAt)).toEqual([
      '2026-11-25T02:00:00.000Z',
      '2026-11-25T02:00:00.000Z',
    ]);
  });

  test('a build that nobody knows is said', async () => {
    const { call } = await controlWorld();
    expect((await refusal(call('approve', { id: 'nothing' }))).error).toBe('not-found');
  });
});

describe('another priority', () => {
  test('changes the place in the queue, and nothing that was fixed at the request', async () => {
    const { call, services } = await controlWorld({
      policy: ACT_OFF_PEAK,
      templates: [PYTHON_ML, R_RESEARCH],
    });
    await call('buildTemplate', python);
    const other = await call('buildTemplate', { slug: 'r-research', requestId: ANOTHER_REQUEST });
    const order = async () => (await call('queue', {})).regionBuilds.map(({ template }) => template);
    expect(await order()).toEqual(['python-ml', 'r-research', 'python-ml', 'r-research']);
    const id = other.regionBuilds[0]!.id!;
    const before = await services.regionBuilds.get(id);
    const answer = await call('prioritize', { id: other.build!, priority: 90, reason: 'course' }, ADA);
    expect(outcomes(answer)).toEqual(['changed', 'changed']);
    expect(await order()).toEqual(['r-research', 'r-research', 'python-ml', 'python-ml']);
    expect(await services.regionBuilds.get(id)).toEqual({
      ...before,
      priority: 90,
      prioritized: true,
      revision: before!.revision + 1,
    });
    expect((await services.regionBuilds.explanation(id)).at(-1)).toMatchObject({
      rule: 'priority',
      because: `priority 90 instead of 70, by ${ADA}: course`,
    });
  });

  test('again changes nothing; what runs or has ended keeps its own', async () => {
    const { call, build } = await waiting(ACT_OFF_PEAK);
    await call('prioritize', { id: build, priority: 90 });
    expect(outcomes(await call('prioritize', { id: build, priority: 90 }))).toEqual([
      'unchanged',
      'unchanged',
    ]);
    await call('cancel', { id: build });
    expect(outcomes(await call('prioritize', { id: build, priority: 1 }))).toEqual([
      'closed-already',
      'closed-already',
    ]);
    const running = await waiting(ACT);
    expect(outcomes(await running.call('prioritize', { id: running.build, priority: 1 }))).toEqual([
      'started-already',
      'started-already',
    ]);
  });
});
