import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outlook } from '../../../src/core/decide/outlook.ts';
import { plan } from '../../../src/core/decide/plan.ts';
import { HOUR, MINUTE } from '../../../src/core/words.ts';
import { anyInput } from './arbitraries.ts';
import { anEstimate, anInput, aPolicy, aRegionBuild, newYork, running, TWO_PM } from './builders.ts';

const NOTHING_SAID = new Map<string, never>();

describe('what people are told of an open region build', () => {
  test('a window: when it opens, and when half of such builds have ended', () => {
    const build = aRegionBuild();
    const policy = aPolicy({ jitter: 0 });
    const { of } = outlook(anInput({ queue: [build], policy }), NOTHING_SAID);
    const opens = newYork(25, 2);
    expect(of.get(build.id)).toMatchObject({
      startsAt: opens,
      endsAt: opens + anEstimate().p50,
      waiting: { rule: 'off-peak-window' },
    });
  });

  test('its turn: at once', () => {
    const build = aRegionBuild({ urgency: 'critical', pot: 'urgent' });
    const { of } = outlook(anInput({ queue: [build] }), NOTHING_SAID);
    expect(of.get(build.id)).toMatchObject({ startsAt: TWO_PM, waiting: { rule: 'next' } });
  });

  test('an execution that has not asked yet is no reason to know nothing', () => {
    const build = aRegionBuild({ urgency: 'critical', pot: 'urgent' });
    const holds = new Map([[build.id, { rule: 'turn', because: 'held: not asked yet' }]]);
    expect(outlook(anInput({ queue: [build], holds }), NOTHING_SAID).of.get(build.id)).toMatchObject({
      startsAt: TWO_PM,
      waiting: { rule: 'turn', because: 'held: not asked yet' },
    });
    const later = aRegionBuild();
    const laterHolds = new Map([[later.id, { rule: 'turn', because: 'held: not asked yet' }]]);
    expect(
      outlook(anInput({ queue: [later], holds: laterHolds }), NOTHING_SAID).of.get(later.id)?.waiting,
    ).toMatchObject({ rule: 'off-peak-window' });
  });

  test('in mode observe it does not start, however it would', () => {
    const builds = [aRegionBuild(), aRegionBuild({ template: 'r', urgency: 'critical', pot: 'urgent' })];
    const { of } = outlook(anInput({ queue: builds, policy: aPolicy({ mode: 'observe' }) }), NOTHING_SAID);
    expect(builds.map(({ id }) => of.get(id)?.startsAt)).toEqual([undefined, undefined]);
  });

  test('what runs ends after the next duration that has not passed; beyond the last nobody knows', () => {
    const { p50, p90, maximumDuration } = anEstimate();
    const image = { arn: 'image', attempt: 1, startedAt: TWO_PM, status: 'BUILDING' };
    const build = { ...running(aRegionBuild()), image };
    const endsAfter = (ran: number) => {
      const now = TWO_PM + ran;
      return outlook(anInput({ now, running: [build] }), NOTHING_SAID).of.get(build.id)?.endsAt;
    };
    expect(endsAfter(MINUTE)).toBe(TWO_PM + p50);
    expect(endsAfter(p50)).toBe(TWO_PM + p90);
    expect(endsAfter(p90)).toBe(TWO_PM + maximumDuration);
    expect(endsAfter(maximumDuration)).toBeUndefined();
  });

  test('a line that says the same as before keeps its moment', () => {
    const build = aRegionBuild();
    const line = outlook(anInput({ queue: [build] }), NOTHING_SAID).of.get(build.id)!.waiting!;
    const now = TWO_PM + HOUR;
    const again = (because: string) =>
      outlook(anInput({ queue: [build], now }), new Map([[build.id, { ...line, because }]])).of.get(build.id)
        ?.waiting?.at;
    expect(again(line.because)).toBe(TWO_PM);
    expect(again('something else')).toBe(now);
  });
});

test('is the plan, read for people: the same order, the same reasons', () => {
  fc.assert(
    fc.property(anyInput, (drawn) => {
      const input = { ...drawn, holds: new Map<string, never>() };
      const planned = plan(input);
      const { order, of, outcomes } = outlook(input, NOTHING_SAID);
      expect(order.slice(input.running.length).map(({ id }) => id)).toEqual(
        planned.reasons.map(({ regionBuild }) => regionBuild.id),
      );
      for (const outcome of planned.reasons) {
        expect(outcomes.get(outcome.regionBuild.id)?.kind).toBe(outcome.kind);
        const { waiting, startsAt, endsAt } = of.get(outcome.regionBuild.id)!;
        if (outcome.kind !== 'granted') expect(waiting).toEqual(outcome.line);
        if (startsAt !== undefined) expect(endsAt).toBeGreaterThan(startsAt);
        expect(startsAt ?? input.now).toBeGreaterThanOrEqual(input.now);
      }
    }),
    { numRuns: 100 },
  );
});
