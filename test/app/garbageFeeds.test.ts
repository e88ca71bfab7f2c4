import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pointerKey } from '../../src/core/base-images/pointer.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy/policy.ts';
import type { SourceState } from '../../src/core/evidence/assessment.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/words.ts';
import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { serveAmazonLinux2023 } from '../feeds/amazonServer.ts';
import { evidenceAt } from '../feeds/evidenceAt.ts';
import {
  feedServer,
  type FeedServer,
  type Handler,
  redirect,
  type Served,
  silence,
} from '../feeds/feedServer.ts';
import { loopOf } from './loop.ts';
import { BASE, baseImageId, newWorld, TEMPLATE } from './world.ts';

const HERE = 'us-east-1';
/** Real releases, with important fixes between them that are known by version. */
const RELEASES = { older: '2023.12.20260611', newer: '2023.12.20260622' } as const;
const NUMBERS = { older: 1, newer: 2 } as const;

const LIMITS = { timeout: 1_000, maximumBytes: 3_000_000 };

/** Sends without end, as fast as it is taken. */
const endless: Handler = (_, response) => {
  response.writeHead(200, { 'content-length': 10_000_000_000 });
  const piece = Buffer.alloc(65_536, ' ');
  const send = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', send);
  send();
};

const cutOff = gzipSync('<updates>'.repeat(5_000)).subarray(0, 60);

/** What every feed answers, by its path, and how one of them is called then. */
const GARBAGE: readonly (readonly [string, (path: string) => Served, SourceState])[] = [
  ['HTML with 200', () => '<!DOCTYPE html><html><body>We are back soon</body></html>', 'malformed'],
  ['a truncated gzip', () => cutOff, 'malformed'],
  ['a body without end', () => endless, 'too-large'],
  ['a redirect loop', redirect, 'down'],
  ['an empty answer', () => '', 'malformed'],
  ['a hang', () => silence, 'timeout'],
];

let server: FeedServer;
beforeEach(async () => {
  server = await feedServer();
});
afterEach(async () => server.close());

/** An image of a template on the older release; what feeds say of the newer one is read by the real reader. */
async function anImage(policy: Partial<Policy> = {}) {
  const world = newWorld({ policy: { regions: [HERE], ...policy } });
  const { services } = world;
  const sources = { ...server.policy(LIMITS), reassessFor: 10 * DAY };
  const evidence = evidenceAt(server, { now: services.now, cache: memoryFeedCache(), policy: sources });
  Object.assign(services.evidence, { assess: evidence.assess.bind(evidence) });
  await world.prepare();
  const image = (which: keyof typeof RELEASES) => ({
    ...({ base: BASE, region: HERE, architecture: 'x86_64', release: RELEASES[which] } as const),
    imageId: baseImageId(HERE, NUMBERS[which]),
    imageName: `al2023-ami-${RELEASES[which]}.0-kernel-6.1-x86_64`,
  });
  const place = image('older');
  const before = (await services.baseImages.pointers()).find(
    (each) => pointerKey(each) === pointerKey(place),
  );
  await services.commits.commit([
    { kind: 'pointer', after: { ...place, since: services.now() }, expects: before ?? null },
  ]);
  const loop = loopOf(world);
  await world.ask({ region: HERE });
  await loop.settle();
  world.parentImages.add(HERE, { id: image('newer').imageId, rootDeviceName: '/dev/xvda', volumeGb: 8 });
  const moves = async () => {
    world.baseImageSource.publish(image('newer'));
    await loop.scan();
    await loop.pump();
  };
  const assessment = async () => (await services.baseImages.update(BASE, RELEASES.newer))?.assessment;
  const rebuild = async () =>
    (await services.regionBuilds.open()).builds.find(({ template }) => template === TEMPLATE);
  return { world, loop, moves, assessment, rebuild };
}

/** The feeds as they are upstream, and as they are when every one of them answers so. */
function feeds() {
  serveAmazonLinux2023(server, Date.parse('2026-07-15T12:00:00Z'));
  const right = new Map(server.routes);
  return {
    breakAll: (served: (path: string) => Served) => {
      for (const path of right.keys()) server.routes.set(path, served(path));
    },
    mend: () => {
      for (const [path, served] of right) server.routes.set(path, served);
    },
  };
}

describe('feeds that answer nothing of use', { timeout: 60_000 }, () => {
  it.each(GARBAGE)(
    '%s: unknown with the reason, a rebuild under its rule, and another look',
    async (_, served, state) => {
      const { breakAll, mend } = feeds();
      const { world, loop, moves, assessment, rebuild } = await anImage();
      breakAll(served);
      await moves();
      const first = await assessment();
      expect(first).toMatchObject({
        type: 'unknown',
        level: 'unknown',
        confidence: 'unknown',
        incomplete: true,
      });
      expect(first?.because).toContain('what the image changes is not known');
      expect(first?.because.join()).toMatch(/the Amazon Linux updateinfo did not answer: .{20}/);
      expect(first?.sources.map((source) => source.state)).toContain(state);
      expect(first?.sources.every((source) => source.state !== 'answered' && source.detail.length > 20)).toBe(
        true,
      );

      // The default policy rebuilds for what is unknown, in the time that it gives to a medium level.
      const asked = await rebuild();
      expect(asked).toMatchObject({ status: 'queued', level: 'unknown', approval: 'not-needed' });
      expect(asked?.deadline).toBe(world.services.now() + 7 * DAY);

      mend();
      world.advance(HOUR + MINUTE);
      await loop.reconcile();
      await loop.pump();
      expect(await assessment()).toMatchObject({ type: 'security', level: 'high', incomplete: false });
      expect(await rebuild()).toMatchObject({ id: asked?.id, level: 'high' });
      expect(loop.failures).toEqual([]);
    },
  );

  it('wait for a person where the policy wants one for what is unknown, until it is known', async () => {
    const { perLevel } = DEFAULT_POLICY;
    const { breakAll, mend } = feeds();
    const { world, loop, moves, rebuild } = await anImage({
      perLevel: { ...perLevel, unknown: { ...perLevel.unknown, action: 'approve' } },
    });
    breakAll(() => '');
    await moves();
    expect(await rebuild()).toMatchObject({ status: 'queued', level: 'unknown', approval: 'wanted' });
    mend();
    world.advance(HOUR + MINUTE);
    await loop.reconcile();
    await loop.pump();
    expect(await rebuild()).toMatchObject({ level: 'high', approval: 'not-needed' });
  });
});
