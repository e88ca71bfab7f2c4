import { describe, expect, it } from 'vitest';
import { approve } from '../../src/app/control/approve.ts';
import { notify } from '../../src/app/notify.ts';
import type { DomainEvent } from '../../src/core/events.ts';
import { EVENTS } from '../../src/core/events.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy/policy.ts';
import type { SecurityLevel } from '../../src/core/words.ts';
import { memoryNotices } from '../../src/memory/memoryNotices.ts';
import { movedBase } from './movedBase.ts';

const ADA = { actor: 'ada', requestId: 'a test' };

/** An update at that level, and everybody who is told of what follows, in order and as often as the events come. */
async function told(level: SecurityLevel, policy: Partial<Policy> = {}) {
  const events: DomainEvent[] = [];
  const moved = await movedBase(level, policy, {
    deliveries: (event) => {
      if (event.detailType !== 'image') events.push(event);
      return 1;
    },
  });
  const notices = memoryNotices();
  return {
    ...moved,
    /** Subjects of all letters so far; each event is delivered twice. */
    letters: async (): Promise<string[]> => {
      for (const event of events.splice(0))
        for (let times = 0; times < 2; times += 1) await notify(event, { ...moved.world.services, notices });
      return notices.sent
        .filter(({ audience, notice }) => audience === 'admins' && notice.subject.includes('Approval'))
        .map(({ notice }) => notice.subject);
    },
    sent: notices.sent,
    asked: () => events.filter(({ detailType }) => detailType === EVENTS.APPROVAL_WANTED).length,
  };
}

const LETTER = '[Auto-AMI] Approval wanted: rebuild of python-ml';

describe('who must approve is told', () => {
  it.each([
    ['of a level that wants it', 'low', {}],
    ['in mode propose', 'medium', { mode: 'propose' }],
    [
      'of what the urgent pot is to pay',
      'critical',
      { budgets: { ...DEFAULT_POLICY.budgets, approveEmergency: false } },
    ],
  ] as const)('%s, once, with the places that wait', async (_, level, policy) => {
    const { loop, letters, sent, open } = await told(level, policy);
    await loop.minutes(15);
    expect(await letters()).toEqual([LETTER]);
    const { build } = (await open())!;
    const text = sent.at(-1)?.notice.text;
    expect(text).toContain('- us-east-1 (x86_64)');
    expect(text).toContain(`approve ${build}`);
    await loop.minutes(30);
    expect(await letters()).toEqual([LETTER]);
  });

  it('when another policy wants it', async () => {
    const { loop, letters, setPolicy } = await told('medium');
    await loop.minutes(5);
    expect(await letters()).toEqual([]);
    await setPolicy({ mode: 'propose' });
    await loop.minutes(2);
    expect(await letters()).toEqual([LETTER]);
  });

  it('again when something more urgent joins that the yes did not cover', async () => {
    const { world, loop, letters, open } = await told('low');
    await loop.minutes(5);
    expect(await letters()).toEqual([LETTER]);
    const { build, id, requestedAt } = (await open())!;
    await approve({ id: build, reason: 'fine' }, ADA, world.services);
    const reason = { trigger: 'security', level: 'critical', at: requestedAt, because: 'a CVE' } as const;
    await world.ask(
      {},
      {
        triggers: ['security'],
        reasons: [reason],
        level: 'critical',
        urgency: 'critical',
        pot: 'urgent',
        approval: 'wanted',
      },
    );
    expect(await world.build(id)).toMatchObject({ approval: 'wanted', urgency: 'critical' });
    await loop.minutes(3);
    expect(await letters()).toEqual([LETTER, LETTER]);
  });

  it('not where somebody has said yes before the letter is written', async () => {
    const { world, loop, letters, open, asked } = await told('low');
    await loop.minutes(2);
    expect(asked()).toBe(1);
    await approve({ id: (await open())!.build, reason: 'fine' }, ADA, world.services);
    expect(await letters()).toEqual([]);
  });

  it('not in mode observe, which would build nothing either way', async () => {
    const { loop, letters } = await told('low', { mode: 'observe' });
    await loop.minutes(15);
    expect(await letters()).toEqual([]);
  });
});
