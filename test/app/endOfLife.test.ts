import { describe, expect, it } from 'vitest';
import { notify } from '../../src/app/notify.ts';
import { reconcile } from '../../src/app/reconcile.ts';
import { eventsOf } from '../../src/core/changesToEvents.ts';
import { EVENTS } from '../../src/core/events.ts';
import { memoryNotices } from '../../src/memory/memoryNotices.ts';
import type { KeptTemplate } from '../../src/ports.ts';
import { aTemplate, newWorld, START, type World } from './world.ts';

const KEPT: Partial<KeptTemplate> = { kept: { since: START, because: 'a test' } };

/** 76 days before the last day of Amazon Linux 2023. */
const SPRING = Date.parse('2029-04-15T12:00:00Z');
const JUNE = Date.parse('2029-06-10T12:00:00Z');
const SUMMER = Date.parse('2029-08-01T12:00:00Z');

async function worldAt(now: number, changes: Partial<KeptTemplate> = KEPT): Promise<World> {
  const world = newWorld({ policy: { regions: ['us-east-1'], mode: 'observe' } });
  world.advance(now - START);
  await world.prepare([]);
  await world.saveTemplate(aTemplate(), changes);
  return world;
}

const announced = ({ table }: World) =>
  table
    .drain()
    .flatMap(eventsOf)
    .filter(({ detailType }) => detailType === EVENTS.END_OF_LIFE_NEAR);

describe('the end of life of a base image', () => {
  it('is told once for each warning, also by two reconcilers at once, and not after it', async () => {
    const world = await worldAt(SPRING);
    const look = () => Promise.all([1, 2].map(() => reconcile({}, world.services)));
    await look();
    await look();
    expect(announced(world)).toMatchObject([{ detail: { base: 'amazon-linux-2023', daysLeft: 76 } }]);
    world.advance(JUNE - SPRING);
    await look();
    await look();
    expect(announced(world)).toMatchObject([{ detail: { daysLeft: 20 } }]);
    world.advance(SUMMER - JUNE);
    await look();
    expect(announced(world)).toEqual([]);
  });

  it('is not told of bases that no kept template rests on', async () => {
    const world = await worldAt(SPRING, {});
    await reconcile({}, world.services);
    expect(announced(world)).toEqual([]);
  });

  it('is told to those who run the system, with the templates that rest on it', async () => {
    const world = await worldAt(SPRING);
    await reconcile({}, world.services);
    const notices = memoryNotices();
    const [event] = announced(world);
    if (event === undefined) throw new Error('nothing was announced');
    for (const again of [event, event]) await notify(again, { ...world.services, notices });
    expect(notices.sent.map(({ audience, notice }) => [audience, notice.subject])).toEqual([
      ['admins', '[Auto-AMI] End of life of amazon-linux-2023 on 30 June 2029'],
    ]);
    expect(notices.sent[0]?.notice.text).toContain('Templates on it:       python-ml');
  });
});
