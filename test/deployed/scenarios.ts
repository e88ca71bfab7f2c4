import { EC2Client, RegisterImageCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT_KEY } from '../../local/aws/ministack.ts';
import type { Mailbox } from '../../local/demo/mailbox.ts';
import { HOME_REGION } from '../../local/demo/stacks.ts';
import type { ApiClient } from '../../src/api/client.ts';
import { HOUR, type Instant, MICRO_DOLLARS_PER_DOLLAR, MINUTE } from '../../src/core/words.ts';
import {
  invoke,
  publishedAmis,
  regionBuildsOf,
  theClients,
  until,
  untilPublished,
  withFault,
} from './support/deployed.ts';
import { templateText } from './support/templates.ts';

/** One template each, on a base image of the account of its own: no scenario moves another's. */
const SLUGS = ['is-critical', 'is-high', 'is-popular', 'is-medium', 'is-first', 'is-second'] as const;
type Slug = (typeof SLUGS)[number];

/** `14:05` in UTC. */
const hourOf = (at: Instant): string => new Date(at).toISOString().slice(11, 16);
const toTheMinute = (at: Instant): Instant => Math.floor(at / MINUTE) * MINUTE;
const month = (): string => new Date().toISOString().slice(0, 7);

/** All windows are closed now: the urgent one opens in two hours, the off-peak one in four, each for an hour. */
function windowsAhead(now: Instant) {
  const urgent = toTheMinute(now) + 2 * HOUR;
  const offPeak = toTheMinute(now) + 4 * HOUR;
  return {
    urgent,
    offPeak,
    keys: [
      `urgent_window: '${hourOf(urgent)}-${hourOf(urgent + HOUR)}'`,
      `build_window: '${hourOf(offPeak)}-${hourOf(offPeak + HOUR)}'`,
    ],
  };
}

const unknownIs = (level: string, ...keys: readonly string[]): string =>
  `security_updates: { ${[`treat_unknown_as: ${level}`, ...keys].join(', ')} }`;

/** Nobody tells what a step of these bases fixes: its level is unknown, and means what the policy says. */
function policyText(...keys: readonly string[]): string {
  const bases = SLUGS.flatMap((slug) => [
    `    ${slug}-base:`,
    `      owner: self`,
    `      name_filter: '${slug}-base-*'`,
    `      architectures: [x86_64]`,
    `      like: amazon-linux-2023`,
  ]);
  const all = ['mode: act', 'time_zone: UTC', "jitter: '0 seconds'", ...keys];
  const feeds = ['amazon_linux', 'ubuntu', 'osv', 'cisa_kev'].map(
    (feed) => `    ${feed}: { enabled: false }`,
  );
  const lines = [...all.map((key) => `  ${key}`), '  base_images:', ...bases, '  evidence:', ...feeds];
  return `auto_ami_policy:\n${lines.join('\n')}\n`;
}

/**
 * The specification's scenarios, through the deployed stacks with the clock where it is: the policy's windows lie
 * around now. They change the policy of the whole deployment, so nothing else may run beside them.
 */
export function scenarios(client: ApiClient, mailbox: () => Mailbox): void {
  const setPolicy = (...keys: readonly string[]) =>
    client.call('changePolicy', { text: policyText(...keys), file: 'policy.yaml', reason: 'a scenario' });

  const release = async (slug: Slug, number: number): Promise<void> => {
    const { endpoint } = theClients();
    const ec2 = new EC2Client({ region: HOME_REGION, endpoint, credentials: ROOT_KEY });
    await ec2.send(
      new RegisterImageCommand({
        Name: `${slug}-base-${number}`,
        Architecture: 'x86_64',
        RootDeviceName: '/dev/xvda',
      }),
    );
  };

  /** The next release of a scenario's base, noticed; its rebuild once the plan has had a look at it. */
  const moved = async (slug: Slug) => {
    await release(slug, 2);
    await invoke('check-base-images', { tick: 15 });
    return rebuildOf(slug);
  };

  const rebuildOf = async (slug: Slug) => {
    const builds = await until(
      () => regionBuildsOf(client, slug),
      (found) => found.some((build) => isRebuild(build) && build.waiting?.rule !== 'turn'),
      `a rebuild of ${slug}`,
    );
    const [rebuild] = builds.filter(isRebuild);
    if (rebuild === undefined) throw new Error(`${slug} is not rebuilt`);
    return rebuild;
  };

  const storyOf = async (id: string) => {
    const { regionBuilds } = await client.call('explain', { id });
    const [build] = regionBuilds;
    if (build === undefined) throw new Error(`nothing is known of ${id}`);
    return build;
  };

  const untilRebuilt = (slug: Slug) =>
    until(
      () => publishedAmis(client, slug),
      ([ami]) => ami?.replaces !== null && ami?.replaces !== undefined,
      `the rebuilt AMI of ${slug}`,
    );

  describe('the scenarios of the specification, with the clock where it is', () => {
    beforeAll(async () => {
      await setPolicy("build_window: '00:00-00:00'", "urgent_window: '00:00-00:00'");
      for (const slug of SLUGS) await release(slug, 1);
      await client.call('applyTemplates', {
        templates: SLUGS.map((slug) => ({ file: `${slug}.yaml`, text: templateText(slug, `${slug}-base`) })),
      });
      await invoke('check-base-images', { tick: 15 });
      // Nobody asks for the popular one: its launches do.
      const built = SLUGS.filter((slug) => slug !== 'is-popular');
      for (const slug of built) await client.call('buildTemplate', { slug, requestId: `first-${slug}` });
      for (const slug of built) await untilPublished(client, slug, 1);
    });

    test('critical outside every window builds now, from the urgent pot', async () => {
      await setPolicy(unknownIs('critical'), ...windowsAhead(Date.now()).keys);
      const { id, pot } = await moved('is-critical');
      expect(pot).toBe('urgent');
      await untilRebuilt('is-critical');
      const { attemptHistory } = await storyOf(id);
      expect(attemptHistory).toMatchObject([{ state: 'settled', pots: [`urgent#${month()}`] }]);
    });

    test('high outside every window goes to the urgent window, to be paid from the daily pot', async () => {
      const { urgent, keys } = windowsAhead(Date.now());
      await setPolicy(unknownIs('high'), ...keys);
      const { id, pot, status, waiting, startsAt } = await moved('is-high');
      expect({ pot, status, rule: waiting?.rule }).toEqual({
        pot: 'daily',
        status: 'queued',
        rule: 'urgent-window',
      });
      expect(waiting?.because).toContain(`urgent window opens ${hourOf(urgent)} UTC`);
      expect(Date.parse(startsAt ?? '')).toBe(urgent);
      await client.call('cancel', { id, reason: 'the scenario ends here' });
    });

    test('popular goes to the off-peak window, to be paid from the daily pot', async () => {
      const { offPeak, keys } = windowsAhead(Date.now());
      await setPolicy(...keys);
      const { endpoint } = theClients();
      const bus = new EventBridgeClient({ region: HOME_REGION, endpoint, credentials: ROOT_KEY });
      const launch = {
        Source: 'auto-ami',
        DetailType: 'Template Launched',
        Detail: JSON.stringify({ template: 'is-popular', region: HOME_REGION }),
      };
      await bus.send(new PutEventsCommand({ Entries: [launch, launch, launch, launch, launch] }));
      await until(
        async () => {
          // Where no launch saw that it was the fifth, the slow tick does.
          await invoke('reconcile', { tick: 10 });
          return regionBuildsOf(client, 'is-popular');
        },
        ({ length }) => length > 0,
        'a build that nobody asked for',
      );
      const { id, pot, status, triggers, waiting, startsAt } = await rebuildOf('is-popular');
      expect({ pot, status, triggers, rule: waiting?.rule }).toEqual({
        pot: 'daily',
        status: 'queued',
        triggers: ['popularity'],
        rule: 'off-peak-window',
      });
      expect(waiting?.because).toContain(`off-peak window opens ${hourOf(offPeak)} UTC`);
      expect(Date.parse(startsAt ?? '')).toBe(offPeak);
      await client.call('cancel', { id, reason: 'the scenario ends here' });
    });

    test('medium with little time left builds outside its window', async () => {
      // Half an hour × 1.5 is what a build may take; two minutes are left to start it.
      await setPolicy(
        unknownIs('medium', "medium_window: '47 minutes'"),
        "assumed_build_duration: '30 minutes'",
        ...windowsAhead(Date.now()).keys,
      );
      const { id, pot } = await moved('is-medium');
      expect(pot).toBe('daily');
      await untilRebuilt('is-medium');
      const { startedAt, deadline } = await storyOf(id);
      expect(Date.parse(deadline ?? '') - Date.parse(startedAt ?? '')).toBeLessThan(47 * MINUTE);
    });

    test('the urgent pot cannot pay two: one is parked, announced once, and built when the money is back', async () => {
      const [critical] = (await regionBuildsOf(client, 'is-critical')).filter(isRebuild);
      const { attemptHistory } = await storyOf(critical?.id ?? '');
      const ceiling = (attemptHistory[0]?.reserved ?? 0) / MICRO_DOLLARS_PER_DOLLAR;
      expect(ceiling).toBeGreaterThan(0.01);
      await setPolicy(
        unknownIs('critical'),
        `emergency_budget: ${(1.5 * ceiling).toFixed(2)}`,
        ...windowsAhead(Date.now()).keys,
      );
      // The first holds its money while the second comes. Of two that come at once each may be told that the other
      // goes first, by dispatchers that look at the same moment: who pays is then certain, who was parked is not.
      const undo = await withFault({
        match: { tags: { 'auto-ami:template': 'is-first' } },
        fault: { slowFactor: 5 },
      });
      const rebuilds = [await moved('is-first'), await moved('is-second')];
      await undo();
      await untilRebuilt('is-first');
      await untilRebuilt('is-second');

      const stories = await Promise.all(rebuilds.map(({ id }) => storyOf(id)));
      const parked = stories.filter(({ story }) => story.some(({ rule }) => rule === 'cannot-pay'));
      expect(parked).toHaveLength(1);
      expect(stories.map(({ pot, status }) => `${status}, ${pot}`)).toEqual([
        'succeeded, urgent',
        'succeeded, urgent',
      ]);
      const told: string[] = [];
      await until(
        async () => {
          for (const { subject } of await mailbox().collect()) told.push(subject);
          return told;
        },
        // Their first builds, which want an image in each region, have not ended: the other region has no base image.
        (subjects) =>
          ['is-first', 'is-second'].every((slug) =>
            subjects.some((subject) => subject.endsWith(`New images of ${slug}`)),
          ),
        'the notices of both builds',
      );
      expect(told.filter((subject) => subject.includes('Budget exhausted'))).toEqual([
        `[Auto-AMI] Budget exhausted: the urgent pot of ${month()}`,
      ]);
    });
  });
}

/** Not the first build of a template, which a person asked for. */
function isRebuild({ triggers }: { readonly triggers: readonly string[] }): boolean {
  return !triggers.includes('manual');
}
