import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../src/api/client.ts';
import { type AmiAnswer, invoke, theClients, until, untilPublished } from './support/deployed.ts';
import { templateText } from './support/templates.ts';

const SLUG = 'by-hand';
const PLACES = 2;

/** What people decide, through the deployed control API with the permissions of its own role. */
export function people(client: ApiClient, base: string): void {
  const clients = theClients();
  const ask = async (requestId: string, changes: { readonly force?: boolean } = {}): Promise<string> => {
    const { build } = await client.call('buildTemplate', {
      slug: SLUG,
      requestId,
      reason: 'test',
      ...changes,
    });
    if (build === null) throw new Error('nothing was asked for');
    return build;
  };
  const approved = async (build: string): Promise<void> => {
    await until(
      async () => (await client.call('approve', { id: build, reason: 'seen' })).regionBuilds,
      (regionBuilds) => regionBuilds.every(({ approval }) => approval === 'given'),
      `the approval of ${build}`,
    );
    await invoke('dispatch-builds', { tick: 1 });
  };
  const parameterOf = async ({ region, parameter }: AmiAnswer) =>
    (await clients.ssm(region).send(new GetParameterCommand({ Name: parameter }))).Parameter?.Value;

  describe('people at the wheel', () => {
    beforeAll(async () => {
      await client.call('applyTemplates', {
        templates: [{ file: `${SLUG}.yaml`, text: templateText(SLUG, base) }],
      });
      // Only bases that somebody builds on are looked at.
      await invoke('check-base-images', { tick: 15 });
      await client.call('mode', { mode: 'propose', template: SLUG, reason: 'test' });
    });

    test('a build that is proposed waits, is in the plan with its cost, and goes on when it is approved', async () => {
      const build = await ask('people-1');
      const { builds } = await client.call('plan', {});
      const own = builds.filter((planned) => planned.build === build);
      expect(own.map(({ decision }) => decision)).toEqual(['held', 'held']);
      expect(own.every(({ estimate }) => estimate !== null && estimate.ceiling > 0)).toBe(true);
      await approved(build);
      await untilPublished(client, SLUG, PLACES);
      const { regionBuilds } = await client.call('explain', { id: build });
      expect(regionBuilds.flatMap(({ story }) => story.map(({ rule }) => rule))).toContain('approved');
      const { pots } = await client.call('budget', {});
      expect(pots.find(({ key }) => key.startsWith('daily#'))?.settled).toBeGreaterThan(0);
    });

    test('a rollback has the AMI before published again at once, and is not undone by the loop', async () => {
      const before = await untilPublished(client, SLUG, PLACES);
      await approved(await ask('people-2', { force: true }));
      const isAnother = (amis: readonly AmiAnswer[]) =>
        amis.length === PLACES && amis.every(({ replaces }) => replaces !== null);
      await until(async () => untilPublished(client, SLUG, PLACES), isAnother, 'the second AMIs');
      const { places } = await client.call('rollback', { slug: SLUG, reason: 'test' });
      expect(places.map(({ amiId, published }) => [amiId, published]).sort()).toEqual(
        before.map(({ amiId }) => [amiId, true]).sort(),
      );
      for (const ami of before) expect(await parameterOf(ami)).toBe(ami.amiId);
      await invoke('reconcile', { tick: 10 });
      const after = await untilPublished(client, SLUG, PLACES);
      expect(after.map(({ amiId }) => amiId).sort()).toEqual(before.map(({ amiId }) => amiId).sort());
      expect(
        (await client.call('queue', {})).regionBuilds.filter(({ template }) => template === SLUG),
      ).toEqual([]);
    });

    test('what happened is told: who changed the policy, and what was built', async () => {
      const { versions } = await client.call('policyHistory', {});
      expect(versions.flatMap(({ changes }) => changes.map(({ key }) => key))).toContain(
        `templates.${SLUG}.mode`,
      );
      const { notifications } = await client.call('notifications', { limit: 50 });
      expect(notifications.flatMap(({ templates }) => templates)).toContain(SLUG);
    });
  });
}
