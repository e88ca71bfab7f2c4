import { beforeAll, describe, expect, it } from 'vitest';
import { notify } from '../../src/app/notify.ts';
import { heedHint } from '../../src/app/heedHint.ts';
import { reconcile } from '../../src/app/reconcile.ts';
import { EVENTS, HINTS } from '../../src/core/events.ts';
import { eventsOf } from '../../src/core/changesToEvents.ts';
import { memoryNotices } from '../../src/memory/memoryNotices.ts';
import { ACT, type ControlWorld, controlWorld, PYTHON_ML, R_RESEARCH } from './control/controlWorld.ts';
import { cwsOf } from './control/cwsOf.ts';
import { BASE, REGIONS, START } from './world.ts';

async function launchedOften(world: ControlWorld, template: string): Promise<void> {
  for (let n = 0; n < 5; n += 1)
    await heedHint({ launch: { id: `${template}-${n}`, template, at: START } }, world.services);
}

/** Nobody has enabled the template or asked for a build of it: it is launched often, and that is all. */
describe('a template that is kept for its launches alone', () => {
  let there: ControlWorld;
  let autoAmi: Awaited<ReturnType<typeof cwsOf>>['autoAmi'];

  beforeAll(async () => {
    there = await controlWorld({ policy: ACT, templates: [PYTHON_ML, R_RESEARCH] });
    await launchedOften(there, 'python-ml');
    await there.loop.settle();
    for (const region of REGIONS) there.world.publishUpstream(region, 2);
    await there.loop.scan();
    await there.loop.minutes(3);
    const { autoAmi: typed, stop } = await cwsOf(there.operations);
    autoAmi = typed;
    return stop;
  });

  it('is among the popular templates of status, with the rebuild that runs', async () => {
    const { templates, otherTemplates } = await there.call('status', {});
    expect(templates).toMatchObject([{ slug: 'python-ml', popular: true }]);
    expect(templates[0]?.places.flatMap(({ open }) => open).map(({ status }) => status)).toEqual([
      'running',
      'running',
    ]);
    expect(otherTemplates).toBe(1);
    expect((await autoAmi('status')).out).toContain(
      'Popular Templates (auto-compilation enabled):\n└── python-ml: ',
    );
  });

  it('is among the affected templates of security-status and of the notices', async () => {
    const { updates } = await there.call('securityStatus', {});
    expect(updates.map(({ templates }) => templates.map(({ template }) => template))).toEqual([
      ['python-ml'],
    ]);
    const { notifications } = await there.call('notifications', { limit: 20 });
    expect(notifications.find(({ kind }) => kind === 'base-image-updated')?.templates).toEqual(['python-ml']);
    const notices = memoryNotices();
    const detail = { base: BASE, release: '2' };
    await notify({ detailType: HINTS.UPDATE_ASSESSED, detail }, { ...there.services, notices });
    expect(notices.sent.map(({ notice }) => notice.text)).toEqual([expect.stringContaining('python-ml')]);
  });

  it('is called kept in the list of templates, with its reason', async () => {
    const { templates } = await there.call('templates', {});
    expect(templates.map(({ kept }) => kept?.because)).toEqual([
      'python-ml is popular: launched at least 5 times in the last 7 days (UTC), today included',
      undefined,
    ]);
  });

  it('is told of the end of life of its base image', async () => {
    const now = () => Date.parse('2029-04-15T12:00:00Z');
    const services = { ...there.services, now };
    there.world.table.drain();
    // By then its launches are long ago: it is kept for its active AMIs.
    await reconcile({}, services);
    const [event] = there.world.table
      .drain()
      .flatMap(eventsOf)
      .filter(({ detailType }) => detailType === EVENTS.END_OF_LIFE_NEAR);
    if (event === undefined) throw new Error('nothing was announced');
    const notices = memoryNotices();
    await notify(event, { ...services, notices });
    expect(notices.sent.map(({ notice }) => notice.text)).toEqual([expect.stringContaining('python-ml')]);
  });
});
