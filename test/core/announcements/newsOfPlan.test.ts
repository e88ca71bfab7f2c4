import { describe, expect, test } from 'vitest';
import { newsOfPlan } from '../../../src/core/announcements/newsOfPlan.ts';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { policyClocks } from '../../../src/core/decide/policyClocks.ts';
import { plan } from '../../../src/core/decide/plan.ts';
import type { PlanInput } from '../../../src/core/decide/planInput.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/words.ts';
import {
  aBalance,
  anEstimate,
  anInput,
  aPolicy,
  aRegionBuild,
  aWindow,
  DOLLAR,
  running,
  TWO_PM,
} from '../decide/builders.ts';

const NEEDED = 45 * MINUTE;
const MARGIN = aPolicy().startMargin;

function news(changes: Partial<PlanInput>) {
  const input = anInput(changes);
  return newsOfPlan(plan(input), input);
}

const kindsOf = (changes: Partial<PlanInput>) => news(changes).map(({ kind }) => kind);

/** Asked for a day ago, due at that time. */
const due = (deadline: number, changes: Partial<RegionBuild> = {}): RegionBuild =>
  aRegionBuild({
    requestedAt: TWO_PM - DAY,
    reasons: [{ trigger: 'security', at: TWO_PM - DAY, level: 'medium', because: 'a base moved (medium)' }],
    deadline,
    ...changes,
  });

const critical = (template: string, changes: Partial<RegionBuild> = {}) =>
  aRegionBuild({
    template,
    level: 'critical',
    urgency: 'critical',
    pot: 'urgent',
    deadlineBinds: false,
    ...changes,
  });

describe('a pot that cannot pay is announced', () => {
  const EMPTY = [aBalance('urgent#2026-11', { settled: 60.5 * DOLLAR, reserved: 0.5 * DOLLAR })];

  test('with what is left of it, and which builds wait until when', () => {
    expect(news({ pots: EMPTY, queue: [critical('a'), critical('b'), critical('c')] })).toEqual([
      {
        key: 'budget-exhausted:urgent#2026-11:62500000',
        kind: 'budget-exhausted',
        at: TWO_PM,
        pot: 'urgent#2026-11',
        limit: 62.5 * DOLLAR,
        settled: 60.5 * DOLLAR,
        // What this very plan grants is held, too.
        reserved: 1.5 * DOLLAR,
        because:
          'parked: the urgent pot of 2026-11 cannot hold its ceiling of $1.00 now; it can run from 00:00 America/New_York on Tue 1 Dec',
        parked: ['b', 'c'].map((template) => ({
          template,
          region: 'us-east-1',
          needs: DOLLAR,
          until: Date.UTC(2026, 11, 1, 5),
        })),
        count: 2,
      },
    ]);
  });

  test('each pot by itself, where a day and its month are both empty', () => {
    const pots = [
      aBalance('daily#2026-11-24', { settled: 25 * DOLLAR }),
      aBalance('monthly#2026-11', { settled: 500 * DOLLAR }),
    ];
    const keys = news({ pots, queue: [critical('a', { pot: 'daily' })] }).map(({ key }) => key);
    expect(keys).toEqual([
      'budget-exhausted:daily#2026-11-24:25000000',
      'budget-exhausted:monthly#2026-11:500000000',
    ]);
  });

  test('with no more builds than fit into a record, and how many there are', () => {
    const queue = Array.from({ length: 50 }, (_, i) => critical(`template-${i}`));
    const pots = [aBalance('urgent#2026-11', { settled: 62 * DOLLAR })];
    const [exhausted] = news({ pots, queue });
    expect(exhausted).toMatchObject({ count: 50 });
    expect(exhausted?.kind === 'budget-exhausted' && exhausted.parked).toHaveLength(30);
  });

  test.each(['observe', 'stopped'] as const)('but not in mode %s, which promises nothing', (mode) => {
    const policy = aPolicy({ mode });
    const late = due(TWO_PM - 1);
    expect(news({ policy, clocks: policyClocks(policy), pots: EMPTY, queue: [critical('b'), late] })).toEqual(
      [],
    );
  });
});

test('a deadline of a level that was turned off since is promised to nobody', () => {
  const { perLevel } = aPolicy();
  const policy = aPolicy({ perLevel: { ...perLevel, medium: { window: DAY, action: 'off' } } });
  expect(kindsOf({ policy, clocks: policyClocks(policy), queue: [due(TWO_PM - 1)] })).toEqual([]);
});

describe('a deadline is announced', () => {
  const SLOW = { until: TWO_PM + NEEDED };
  const policy = aPolicy({ slotsPerRegion: 1 });
  const taken = { policy, clocks: policyClocks(policy), takenSlots: [{ region: 'us-east-1', slot: 1 }] };

  test.each<[string, Partial<PlanInput>, string[]]>([
    ['a slow build that starts now ends just in time', { ...taken, queue: [due(SLOW.until)] }, []],
    ['it would end a moment late', { ...taken, queue: [due(SLOW.until - 1)] }, ['deadline-at-risk']],
    ['it has passed', { ...taken, queue: [due(TWO_PM - 1)] }, ['deadline-missed']],
    ['it passes this moment', { ...taken, queue: [due(TWO_PM)] }, ['deadline-at-risk']],
    ['it only ranks', { ...taken, queue: [due(TWO_PM - 1, { deadlineBinds: false })] }, []],
    ['it is granted at last, and late', { queue: [due(SLOW.until - 1)] }, ['deadline-at-risk']],
    ['what runs started in time', { running: [running(due(TWO_PM + NEEDED - 10 * MINUTE))] }, []],
    [
      'what runs started too late for a slow build',
      { running: [running(due(TWO_PM + NEEDED - 10 * MINUTE - 1))] },
      ['deadline-at-risk'],
    ],
    ['what runs is not done', { running: [running(due(TWO_PM - 1))] }, ['deadline-missed']],
    [
      'a pot can pay only after its latest start',
      {
        pots: [aBalance('monthly#2026-11', { settled: 500 * DOLLAR })],
        queue: [due(TWO_PM + 7 * DAY, { pot: 'monthly', immediate: true })],
      },
      ['budget-exhausted'],
    ],
    [
      'a pot can pay only when it is too late',
      {
        pots: [aBalance('monthly#2026-11', { settled: 500 * DOLLAR })],
        queue: [due(TWO_PM + 6 * DAY, { pot: 'monthly', immediate: true })],
      },
      ['budget-exhausted', 'deadline-at-risk'],
    ],
    [
      'a window opens only after it, since the deadline opens it sooner',
      { queue: [due(TWO_PM + 3 * HOUR)] },
      [],
    ],
  ])('%s', (_, changes, kinds) => {
    expect(kindsOf(changes)).toEqual(kinds);
  });

  test('that could never be met only if its build comes later than it could have', () => {
    const infeasible = aRegionBuild({ deadline: TWO_PM + MINUTE });
    expect(kindsOf({ ...taken, queue: [infeasible] })).toEqual([]);
    const later = { ...taken, now: TWO_PM + MARGIN + 1 };
    expect(kindsOf({ ...later, queue: [{ ...infeasible, deadline: later.now + MINUTE }] })).toEqual([
      'deadline-at-risk',
    ]);
  });

  test('of an immediate build, which promises to start at once, only if it does not', () => {
    const immediate = aRegionBuild({ immediate: true, deadline: TWO_PM + NEEDED });
    const at = (now: number) => kindsOf({ ...taken, now, queue: [immediate] });
    expect(at(TWO_PM + MARGIN)).toEqual([]);
    expect(at(TWO_PM + MARGIN + 1)).toEqual(['deadline-at-risk']);
  });

  test('with the sentence that says what it waits for, under a key of its own', () => {
    const [first] = news({ ...taken, queue: [due(TWO_PM + MINUTE)] });
    expect(first).toMatchObject({
      key: `deadline-at-risk:python-ml/us-east-1/x86_64:${TWO_PM + MINUTE}`,
      because: expect.stringContaining('slot'),
    });
    const [earlier] = news({ ...taken, queue: [due(TWO_PM)] });
    expect(earlier?.key).not.toBe(first?.key);
  });

  test('of one that runs with when it started, and when a slow build would end', () => {
    const input = { running: [running(due(TWO_PM))], estimateOf: () => anEstimate() };
    expect(news(input)).toMatchObject([
      {
        kind: 'deadline-at-risk',
        because:
          'it started at 13:50 America/New_York on Tue 24 Nov; a slow build takes until 14:35 America/New_York on Tue 24 Nov',
      },
    ]);
  });

  test('where people have not agreed yet: they can still make it', () => {
    const propose = aPolicy({
      mode: 'propose',
      windows: { offPeak: [aWindow(2, 6)], urgent: [aWindow(20, 6)] },
    });
    const changes = { policy: propose, clocks: policyClocks(propose), queue: [due(TWO_PM + MINUTE)] };
    expect(news(changes)).toMatchObject([
      { kind: 'approval-wanted', because: 'held: the mode is propose, so it waits for approve' },
      { kind: 'deadline-at-risk', because: 'held: the mode is propose, so it waits for approve' },
    ]);
  });
});
