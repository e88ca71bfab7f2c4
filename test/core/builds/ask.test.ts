import { describe, expect, test } from 'vitest';
import { ask } from '../../../src/core/builds/ask.ts';
import { buildId } from '../../../src/core/builds/buildId.ts';
import { join } from '../../../src/core/builds/enqueue.ts';
import { newTargetState } from '../../../src/core/builds/target.ts';
import { requestOf } from '../../../src/core/decide/requestOf.ts';
import { HOUR, MINUTE } from '../../../src/core/words.ts';
import { aPolicy, DOLLAR, TWO_PM } from '../decide/builders.ts';
import { sha256 } from '../template/builders.ts';

const target = { template: 'python-ml', region: 'us-east-1', architecture: 'x86_64' } as const;
const cause = { id: 'python-ml-12345678', because: 'course starts' };
const policy = aPolicy();

function aWish(urgent = false, actor = 'ada', maxCost?: number) {
  const reason = { trigger: 'manual', at: TWO_PM, level: 'none', because: 'course starts', actor } as const;
  const wanted = { target, reasons: [reason], urgent, ...(maxCost === undefined ? {} : { maxCost }) };
  return requestOf(wanted, policy, 30 * MINUTE, TWO_PM)!.wish;
}

const first = () => ask(aWish(), { target: undefined, queued: undefined }, cause, policy);

describe('a wish', () => {
  test('queues under the next number of its target, which is made if it was never recorded', () => {
    const made = first();
    expect(made).toMatchObject({
      kind: 'queued',
      regionBuild: { id: 'python-ml-us-east-1-x86_64-1', sequence: 1 },
    });
    expect(made.writes).toContainEqual(expect.objectContaining({ kind: 'target', expects: null }));
    const state = { ...newTargetState(target), sequence: 4, revision: 9 };
    const next = ask(aWish(), { target: state, queued: undefined }, cause, policy);
    expect(next.regionBuild.sequence).toBe(5);
    expect(next.writes).toContainEqual(expect.objectContaining({ kind: 'target', expects: 9 }));
  });

  test('merges into what is queued, conditioned on what was read', () => {
    const queued = first().regionBuild;
    const merged = ask(aWish(true, 'bob'), { target: undefined, queued }, { ...cause, id: 'other' }, policy);
    expect(merged).toMatchObject({
      kind: 'merged',
      regionBuild: { id: queued.id, urgency: 'critical', pot: 'urgent' },
    });
    expect(merged.writes).toMatchObject([
      {
        kind: 'region-build',
        expects: queued.revision,
        after: { reasons: [{ actor: 'ada' }, { actor: 'bob' }] },
      },
      { kind: 'build-member', build: 'other', regionBuild: queued.id },
      { kind: 'explain', line: { rule: 'coalesced' } },
    ]);
  });

  test('without a limit of its own takes away the one that was queued', () => {
    const queued = ask(
      aWish(false, 'ada', DOLLAR),
      { target: undefined, queued: undefined },
      cause,
      policy,
    ).regionBuild;
    expect(queued.maxCost).toBe(DOLLAR);
    const merged = ask(aWish(false, 'bob'), { target: undefined, queued }, cause, policy);
    expect(merged.regionBuild).not.toHaveProperty('maxCost');
    expect(merged.writes[0]).not.toHaveProperty('after.maxCost');
  });

  test('that says nothing new still makes its build known', () => {
    const queued = first().regionBuild;
    const again = ask(aWish(), { target: undefined, queued }, { ...cause, id: 'other' }, policy);
    expect(again.regionBuild.reasons).toEqual(queued.reasons);
    expect(again.writes).toContainEqual(expect.objectContaining({ kind: 'build-member', build: 'other' }));
  });
});

test('joining what runs changes nothing of it, and is dated by the wish', () => {
  const running = { ...first().regionBuild, status: 'running' } as const;
  const reason = { ...running.reasons[0]!, at: TWO_PM + HOUR };
  expect(join(running, [reason], { ...cause, id: 'other' })).toMatchObject([
    { kind: 'build-member', build: 'other', regionBuild: running.id, requestedAt: TWO_PM + HOUR },
    { kind: 'explain', regionBuild: running.id, line: { at: TWO_PM + HOUR, rule: 'coalesced' } },
  ]);
});

test('the same cause names the same build', () => {
  expect(buildId('python-ml', 'cause', sha256)).toMatch(/^python-ml-[0-9a-f]{8}$/);
  expect(buildId('python-ml', 'cause', sha256)).toBe(buildId('python-ml', 'cause', sha256));
  expect(buildId('python-ml', 'other', sha256)).not.toBe(buildId('python-ml', 'cause', sha256));
});
