import { describe, expect, it } from 'vitest';
import { operations } from '../../src/app/control/operations.ts';
import { dispatchBuilds } from '../../src/app/dispatchBuilds.ts';
import { notify } from '../../src/app/notify.ts';
import { eventsOf } from '../../src/core/changesToEvents.ts';
import { EVENTS } from '../../src/core/events.ts';
import { DEFAULT_POLICY } from '../../src/core/policy/policy.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/words.ts';
import { memoryNotices } from '../../src/memory/memoryNotices.ts';
import { memoryTable } from '../../src/memory/memoryTable.ts';
import { die } from '../../src/memory/table/faults.ts';
import { loopOf, type Loop } from './loop.ts';
import { aTemplate, newWorld, START, TEMPLATE, type World } from './world.ts';

const ANNOUNCED: readonly string[] = [
  EVENTS.BUDGET_EXHAUSTED,
  EVENTS.BUDGET_OVERRUN,
  EVENTS.DEADLINE_AT_RISK,
  EVENTS.DEADLINE_MISSED,
];

/** Pots that cannot hold what waits, though one day they could. */
const POOR = {
  budgets: { ...DEFAULT_POLICY.budgets, daily: 250_000, semesterPrepDaily: 25_000_000 },
  semesterPrep: { season: { from: '12-01', to: '12-31' }, words: 'December' },
};

interface Watched {
  readonly world: World;
  readonly loop: Loop;
  /** Titles of the events that announce something, in order. */
  readonly announced: () => string[];
}

/** A build that has stored its turn, and one who listens to what is announced. */
async function oneThatWaits(
  policy: Parameters<World['setPolicy']>[0],
  wish: Parameters<World['ask']>[1] = {},
): Promise<Watched> {
  const world = newWorld({ policy: { regions: ['us-east-1'], ...policy } });
  const announced: string[] = [];
  const loop = loopOf(world, {
    deliveries: ({ detailType }) => {
      if (ANNOUNCED.includes(detailType)) announced.push(detailType);
      return detailType === 'Turn Awaited' ? 0 : 1;
    },
  });
  await world.prepare([aTemplate()]);
  await world.ask({}, wish);
  await loop.pump();
  return { world, loop, announced: () => announced };
}

/** Asked for a day ago, and due then. */
const soon = (deadline: number) =>
  ({
    requestedAt: START - DAY,
    reasons: [{ trigger: 'manual', at: START - DAY, level: 'none', because: 'a test asks', actor: 'a test' }],
    deadline,
    deadlineBinds: true,
    immediate: false,
  }) as const;

describe('an empty pot', () => {
  it('is announced once, however often the queue is looked at', async () => {
    const { world, loop, announced } = await oneThatWaits(POOR);
    for (let minute = 0; minute < 5; minute += 1) {
      await loop.dispatch();
      await loop.pump();
      world.advance(MINUTE);
    }
    expect(announced()).toEqual([EVENTS.BUDGET_EXHAUSTED]);
  });

  it('is announced once, also by two dispatchers at once', async () => {
    const { world, loop, announced } = await oneThatWaits(POOR);
    await Promise.all([1, 2, 3].map(() => dispatchBuilds({}, world.services)));
    await loop.pump();
    expect(announced()).toEqual([EVENTS.BUDGET_EXHAUSTED]);
  });

  it('is announced by the next look if the first one died before it could', async () => {
    const { world, loop, announced } = await oneThatWaits(POOR);
    const { effects, services } = world;
    // Its first effect says why the build waits, its second announces.
    effects.before(2, die);
    await effects.handle(() => dispatchBuilds({}, services)).catch(() => undefined);
    await loop.pump();
    expect(announced()).toEqual([]);
    await loop.dispatch();
    await loop.pump();
    expect(announced()).toEqual([EVENTS.BUDGET_EXHAUSTED]);
  });

  it('is announced again on another day, which has a pot of its own', async () => {
    const { world, loop, announced } = await oneThatWaits(POOR);
    await loop.dispatch();
    world.advance(DAY);
    await loop.dispatch();
    await loop.pump();
    expect(announced()).toEqual([EVENTS.BUDGET_EXHAUSTED, EVENTS.BUDGET_EXHAUSTED]);
  });

  it('is told to those who run the system, with which builds wait until when', async () => {
    const { world, loop } = await oneThatWaits(POOR);
    world.table.drain();
    await loop.dispatch();
    const notices = memoryNotices();
    const services = { ...world.services, notices };
    const told = world.table.drain().flatMap(eventsOf);
    for (const event of [...told, ...told]) await notify(event, services);
    expect(notices.sent.map(({ audience, notice }) => [audience, notice.subject])).toEqual([
      ['admins', '[Auto-AMI] Budget exhausted: the daily pot of 2026-11-24'],
    ]);
    expect(notices.sent[0]?.notice.text).toContain(
      'python-ml in us-east-1: needs up to $0.3090, parked until',
    );
  });
});

describe('a deadline', () => {
  const FULL = { slotsPerRegion: 0 };

  it('is at risk once and missed once, also with two dispatchers at once', async () => {
    const { world, loop, announced } = await oneThatWaits(FULL, soon(START + 10 * HOUR));
    const look = async () => {
      await Promise.all([1, 2].map(() => dispatchBuilds({}, world.services)));
      await loop.pump();
    };
    await look();
    expect(announced()).toEqual([]);
    world.advance(9.5 * HOUR);
    await look();
    await look();
    expect(announced()).toEqual([EVENTS.DEADLINE_AT_RISK]);
    world.advance(HOUR);
    await look();
    await look();
    expect(announced()).toEqual([EVENTS.DEADLINE_AT_RISK, EVENTS.DEADLINE_MISSED]);
  });

  it('that was missed between two looks is announced with the image that came too late', async () => {
    const { world, loop, announced } = await oneThatWaits(
      {},
      { ...soon(START + 2 * MINUTE), immediate: true },
    );
    await loop.settle();
    expect(announced()).toEqual([EVENTS.DEADLINE_AT_RISK, EVENTS.DEADLINE_MISSED]);
    expect(await world.services.regionBuilds.open()).toMatchObject({ builds: [] });
  });

  it('in mode observe promises nothing', async () => {
    const { world, loop, announced } = await oneThatWaits({ mode: 'observe' }, soon(START + MINUTE));
    world.advance(HOUR);
    await loop.dispatch();
    await loop.pump();
    expect(announced()).toEqual([]);
  });
});

describe('the deadline of an AMI that is made in time', () => {
  const due = (deadline: number) =>
    ({ ...soon(deadline), immediate: true }) satisfies Parameters<World['ask']>[1];
  const MADE = 15;

  it('and soaks beyond it is at risk as soon as it is made, and missed then: each is told once', async () => {
    const { loop, announced } = await oneThatWaits({ soak: 6 * HOUR }, due(START + 2 * HOUR));
    await loop.minutes(MADE);
    expect(announced()).toEqual([EVENTS.DEADLINE_AT_RISK]);
    await loop.minutes(4 * 60);
    expect(announced()).toEqual([EVENTS.DEADLINE_AT_RISK, EVENTS.DEADLINE_MISSED]);
    await loop.settle();
    expect(announced()).toHaveLength(2);
  });

  it('and waits for a person is missed when nobody promotes it', async () => {
    const { loop, announced } = await oneThatWaits({ promotion: 'manual' }, due(START + 2 * HOUR));
    await loop.minutes(2 * 60);
    expect(announced()).toEqual([]);
    await loop.minutes(30);
    expect(announced()).toEqual([EVENTS.DEADLINE_MISSED]);
  });

  it('and promoted by a person after it, before anybody looked, is missed', async () => {
    const { world, loop, announced } = await oneThatWaits({ promotion: 'manual' }, due(START + 2 * HOUR));
    await loop.minutes(MADE);
    world.advance(2 * HOUR);
    await operations(world.services).promote({ slug: TEMPLATE }, { actor: 'ada', requestId: 'request-1' });
    await loop.settle();
    expect(announced()).toEqual([EVENTS.DEADLINE_MISSED]);
  });

  it('and promoted, but not published, is missed: nobody can launch it by its parameter', async () => {
    const { world, loop, announced } = await oneThatWaits({}, due(START + 2 * HOUR));
    world.amiParameters.disown('ami-00000000000000001');
    await loop.minutes(3 * 60);
    expect(announced()).toEqual([EVENTS.DEADLINE_MISSED]);
  });

  it('and is in use in time has nothing to tell, also when a rollback brings it back long after', async () => {
    const { world, loop, announced } = await oneThatWaits({}, due(START + 2 * HOUR));
    await loop.settle();
    await world.publishBase('us-east-1', 2);
    await world.ask();
    await loop.settle();
    world.advance(DAY);
    await operations(world.services).rollback({ slug: TEMPLATE }, { actor: 'ada', requestId: 'request-1' });
    await loop.minutes(30);
    expect(announced()).toEqual([]);
  });

  it('is told with what it waits for, and how to promote it', async () => {
    const { world, loop } = await oneThatWaits({ soak: 6 * HOUR }, due(START + 2 * HOUR));
    const notices = memoryNotices();
    const events = [EVENTS.DEADLINE_AT_RISK, EVENTS.DEADLINE_MISSED].map((detailType) => {
      const key = `${detailType === EVENTS.DEADLINE_MISSED ? 'deadline-missed' : 'deadline-at-risk'}:${TEMPLATE}/us-east-1/x86_64:${START + 2 * HOUR}`;
      return { detailType, detail: { announcement: key } };
    });
    await loop.minutes(3 * 60);
    for (const event of events) await notify(event, { ...world.services, notices });
    expect(notices.sent.map(({ audience, notice }) => [audience, notice.subject])).toEqual([
      ['admins', '[Auto-AMI] Deadline at risk: python-ml in us-east-1 (x86_64)'],
      ['admins', '[Auto-AMI] Deadline missed: python-ml in us-east-1 (x86_64)'],
    ]);
    const text = notices.sent[1]?.notice.text;
    expect(text).toContain('The new AMI of python-ml in us-east-1 (x86_64) was due by');
    expect(text).toContain('ami-00000000000000001 soaks for 6 hours, until 2026-11-25T01:');
    expect(text).toContain('cws templates auto-ami promote python-ml --region us-east-1');
    await loop.settle();
    const later = memoryNotices();
    for (const event of events)
      await notify(event, {
        ...world.services,
        notices: later,
        once: memoryTable({ now: world.services.now }).once,
      });
    expect(later.sent.map(({ notice }) => notice.subject)).toEqual([
      '[Auto-AMI] Deadline missed: python-ml in us-east-1 (x86_64)',
    ]);
  });
});
