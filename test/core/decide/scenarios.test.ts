import { describe, expect, test } from 'vitest';
import { newsOfPlan } from '../../../src/core/announcements/newsOfPlan.ts';
import { plan } from '../../../src/core/decide/plan.ts';
import { requestOf, type Wanted } from '../../../src/core/decide/requestOf.ts';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { policyClocks } from '../../../src/core/decide/policyClocks.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../../src/core/words.ts';
import { aBalance, anInput, aPolicy, aRegionBuild, DOLLAR, newYork, TWO_PM } from './builders.ts';

const TARGET = { template: 'python-ml', region: 'us-east-1', architecture: 'x86_64' } as const;

/** What the request rules make of a wish, in the queue since `at`. */
function queued(wanted: Omit<Wanted, 'target'>, at: Instant = TWO_PM, policy = aPolicy()): RegionBuild {
  const requested = requestOf({ ...wanted, target: TARGET }, policy, 30 * MINUTE, at);
  if (requested === undefined) throw new Error('nothing was requested');
  return aRegionBuild(requested.wish);
}

function security(level: 'critical' | 'high' | 'medium', at: Instant = TWO_PM): RegionBuild {
  return queued({ reasons: [{ trigger: 'security', level, at, because: `the base moved (${level})` }] }, at);
}

const popular = (): RegionBuild =>
  queued({
    reasons: [{ trigger: 'popularity', level: 'none', at: TWO_PM, because: 'launched 8 times this week' }],
    launches: 8,
  });

/** Runs the only request through a plan. */
function outcomeOf(build: RegionBuild, changes: Parameters<typeof anInput>[0] = {}) {
  const [outcome] = plan(anInput({ ...changes, queue: [build] })).reasons;
  if (outcome === undefined) throw new Error('the plan forgot its request');
  return outcome;
}

describe('the scenario tables of the specification', () => {
  test('critical at 14:00 builds now, from the urgent pot', () => {
    expect(outcomeOf(security('critical'))).toMatchObject({
      kind: 'granted',
      slot: 1,
      holdings: [{ key: 'urgent#2026-11', amount: DOLLAR, limit: 62.5 * DOLLAR }],
      line: {
        rule: 'critical',
        because:
          'granted: critical builds start at once, in or out of any window; $1.00 held in the urgent pot of 2026-11',
      },
    });
  });

  test('high at 14:00 goes to the urgent window, paid from the daily pot', () => {
    const build = security('high');
    expect(build.pot).toBe('daily');
    const outcome = outcomeOf(build);
    expect(outcome).toMatchObject({
      kind: 'waiting',
      line: {
        rule: 'urgent-window',
        because:
          'waiting: urgent window opens 20:00 America/New_York on Tue 24 Nov; must start by 13:15 on Wed 25 Nov to meet the high deadline',
      },
    });
    const until = outcome.kind === 'waiting' ? outcome.until! : 0;
    expect(until).toBeGreaterThanOrEqual(newYork(24, 20));
    expect(until).toBeLessThan(newYork(24, 20, 5));
    expect(outcomeOf(build, { now: until })).toMatchObject({
      kind: 'granted',
      line: { rule: 'urgent-window' },
      holdings: [{ key: 'daily#2026-11-24' }, { key: 'monthly#2026-11' }],
    });
  });

  test('popular goes to 02:00 off-peak, paid from the daily pot, with no deadline that binds', () => {
    const build = popular();
    expect(build).toMatchObject({ pot: 'daily', urgency: 'normal', priority: 58, deadlineBinds: false });
    const outcome = outcomeOf(build);
    expect(outcome).toMatchObject({
      kind: 'waiting',
      line: {
        rule: 'off-peak-window',
        because: 'waiting: off-peak window opens 02:00 America/New_York on Wed 25 Nov',
      },
    });
    expect(outcomeOf(build, { now: newYork(25, 2, 5) })).toMatchObject({ kind: 'granted' });
  });

  test('dependency without security reasons waits for an off-peak window and the monthly pot', () => {
    const build = queued({
      reasons: [{ trigger: 'dependency', level: 'none', at: TWO_PM, because: 'the base moved' }],
    });
    expect(build).toMatchObject({ pot: 'monthly', urgency: 'low', deadline: TWO_PM + 30 * DAY });
    expect(outcomeOf(build, { now: newYork(25, 2, 5) })).toMatchObject({
      kind: 'granted',
      holdings: [{ key: 'monthly#2026-11' }],
    });
  });

  test('what is to be ready for a term is paid from the daily pot, which semester preparation raises', () => {
    const reason = { trigger: 'scheduled', level: 'none', at: TWO_PM } as const;
    const season = { ...reason, because: 'python-ml is to be ready for Spring 2027' };
    const due = TWO_PM + 14 * DAY;
    const policy = aPolicy({
      semesterPrep: { season: { from: '11-01', to: '11-30' }, words: 'November' },
      budgets: { ...aPolicy().budgets, daily: 0, semesterPrepDaily: 100 * DOLLAR },
    });
    const build = queued({ reasons: [season], deadline: due }, TWO_PM, policy);
    expect(build).toMatchObject({ pot: 'daily', urgency: 'normal', deadline: due, deadlineBinds: true });
    const changes = { policy, clocks: policyClocks(policy), now: newYork(25, 2, 5) };
    expect(outcomeOf(build, changes)).toMatchObject({
      kind: 'granted',
      holdings: [{ key: 'daily#2026-11-25', limit: 100 * DOLLAR }, { key: 'monthly#2026-11' }],
    });
    const aged = queued({ reasons: [{ ...reason, because: 'its image is 8 days old' }] }, TWO_PM, policy);
    expect(aged).toMatchObject({ pot: 'monthly' });
  });

  test('medium with two hours left builds outside its window', () => {
    const detected = TWO_PM + 2 * HOUR - 7 * DAY;
    const build = security('medium', detected);
    expect(outcomeOf(build)).toMatchObject({ kind: 'waiting', line: { rule: 'off-peak-window' } });
    // 2 h − 45 min (p90 × safety) − 2 min: from 15:13 on it waits no longer.
    expect(outcomeOf(build, { now: TWO_PM + 73 * MINUTE - 1 })).toMatchObject({ kind: 'waiting' });
    expect(outcomeOf(build, { now: TWO_PM + 73 * MINUTE })).toMatchObject({
      kind: 'granted',
      line: {
        rule: 'must-start',
        because:
          'granted: it must start now to meet the medium deadline; $1.00 held in the daily pot of 2026-11-24 and the monthly pot of 2026-11',
      },
    });
  });

  test('nearing its deadline changes window and rank, never the pot', () => {
    const build = security('medium', TWO_PM - 7 * DAY + 10 * MINUTE);
    expect(outcomeOf(build)).toMatchObject({ kind: 'granted', holdings: [{ key: 'daily#2026-11-24' }, {}] });
  });

  test('urgent pot empty: parked with the month in which it can run, whatever the other pots hold', () => {
    const pots = [aBalance('urgent#2026-11', { settled: 62 * DOLLAR })];
    expect(outcomeOf(security('critical'), { pots })).toMatchObject({
      kind: 'parked',
      until: Date.UTC(2026, 11, 1, 5),
      lacking: ['urgent#2026-11'],
      line: {
        rule: 'cannot-pay',
        because:
          'parked: the urgent pot of 2026-11 cannot hold its ceiling of $1.00 now; it can run from 00:00 America/New_York on Tue 1 Dec',
      },
    });
  });

  test('urgent pot empty: announced, with which builds wait until when', () => {
    const pots = [aBalance('urgent#2026-11', { settled: 62 * DOLLAR })];
    const input = anInput({ pots, queue: [security('critical')] });
    expect(newsOfPlan(plan(input), input)).toMatchObject([
      {
        kind: 'budget-exhausted',
        pot: 'urgent#2026-11',
        limit: 62.5 * DOLLAR,
        settled: 62 * DOLLAR,
        parked: [{ template: 'python-ml', needs: DOLLAR, until: Date.UTC(2026, 11, 1, 5) }],
      },
      // Next month is too late for four hours: that is said at once, not when they have passed.
      { kind: 'deadline-at-risk', deadline: TWO_PM + 4 * HOUR },
    ]);
  });

  test('a parked build is granted when its pot begins anew', () => {
    const pots = [aBalance('urgent#2026-11', { settled: 62 * DOLLAR })];
    expect(outcomeOf(security('critical'), { pots, now: Date.UTC(2026, 11, 1, 5) })).toMatchObject({
      kind: 'granted',
      holdings: [{ key: 'urgent#2026-12' }],
    });
  });

  test('an emergency build by hand (--urgent) is critical, starts now, and is paid from the urgent pot', () => {
    const build = queued({
      reasons: [{ trigger: 'manual', level: 'none', at: TWO_PM, because: 'critical-security-patch' }],
      urgent: true,
    });
    expect(build).toMatchObject({
      urgency: 'critical',
      pot: 'urgent',
      immediate: true,
      deadline: TWO_PM + 4 * HOUR,
    });
    expect(outcomeOf(build)).toMatchObject({ kind: 'granted' });
  });

  test('emergency builds not approved in advance: critical waits for approve, then builds at any hour', () => {
    const policy = aPolicy({ budgets: { ...aPolicy().budgets, approveEmergency: false } });
    const build = queued(
      { reasons: [{ trigger: 'security', level: 'critical', at: TWO_PM, because: 'CVE' }] },
      TWO_PM,
      policy,
    );
    const changes = { policy, clocks: policyClocks(policy) };
    expect(outcomeOf(build, changes)).toMatchObject({
      kind: 'held',
      line: {
        rule: 'approval',
        because: 'held: waits for approve, since the urgent pot does not pay without asking',
      },
    });
    expect(outcomeOf({ ...build, approval: 'given' }, changes)).toMatchObject({ kind: 'granted' });
  });

  test('low updates wait for approve', () => {
    const build = queued({
      reasons: [{ trigger: 'security', level: 'low', at: TWO_PM, because: 'low' }],
    });
    expect(build).toMatchObject({ approval: 'wanted', pot: 'monthly', deadline: TWO_PM + 30 * DAY });
    expect(outcomeOf(build)).toMatchObject({
      kind: 'held',
      line: { because: 'held: waits for approve, as low updates do' },
    });
  });

  test('the research lab: a critical update starts at detection, high within two hours of it', () => {
    const policy = aPolicy({
      perLevel: {
        ...aPolicy().perLevel,
        critical: { window: 'immediate', action: 'auto' },
        high: { window: 2 * HOUR, action: 'auto' },
      },
    });
    const reason = { trigger: 'security', at: TWO_PM, because: 'CVE' } as const;
    const critical = queued({ reasons: [{ ...reason, level: 'critical' }] }, TWO_PM, policy);
    expect(critical).toMatchObject({ immediate: true, deadline: TWO_PM + 45 * MINUTE });
    const high = queued({ reasons: [{ ...reason, level: 'high' }] }, TWO_PM, policy);
    const changes = { policy, clocks: policyClocks(policy) };
    expect(outcomeOf(high, { ...changes, now: TWO_PM + 72 * MINUTE })).toMatchObject({ kind: 'waiting' });
    expect(outcomeOf(high, { ...changes, now: TWO_PM + 73 * MINUTE })).toMatchObject({ kind: 'granted' });
  });
});
