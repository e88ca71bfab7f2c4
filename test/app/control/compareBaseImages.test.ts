import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveAmazonLinux2023 } from '../../feeds/amazonServer.ts';
import { evidenceAt } from '../../feeds/evidenceAt.ts';
import { feedServer, type FeedServer } from '../../feeds/feedServer.ts';
import { controlWorld, refusal } from './controlWorld.ts';
import { cwsOf } from './cwsOf.ts';

let feeds: FeedServer;
beforeAll(async () => {
  feeds = await feedServer();
  serveAmazonLinux2023(feeds, Date.parse('2026-07-15T12:00:00Z'));
});
afterAll(() => feeds.close());

const NAME = (release: string) => `al2023-ami-${release}.0-kernel-6.1-x86_64`;
const FROM = NAME('2023.11.20260427');
const TO = NAME('2023.11.20260505');

/** The control API on memory, with real evidence. */
async function withFeeds(evidence = evidenceAt(feeds)) {
  const world = await controlWorld();
  Object.assign(world.services.evidence, { assess: evidence.assess.bind(evidence) });
  return world;
}

test('two images by name: the packages, advisories and CVEs between them, and who said so', async () => {
  const { operations } = await withFeeds();
  const { cws, stop } = await cwsOf(operations);
  const { out, code } = await cws('base-images', 'compare', 'amazon-linux-2023', FROM, TO);
  await stop();
  expect(code).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "amazon-linux-2023: 2023.11.20260427 → 2023.11.20260505 (x86_64)
    From: al2023-ami-2023.11.20260427.0-kernel-6.1-x86_64 (not seen here)
    To: al2023-ami-2023.11.20260505.0-kernel-6.1-x86_64 (not seen here)

    Update type: security
    Security level: high
    Confidence: exact
    Changelog: https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.11.20260505.html

    Because (1):
    └── 1 advisory is fixed

    Advisories (1):
    └── ALAS2023-2026-1651 (high): CVE-2026-31431, CVE-2026-43033, CVE-2026-43077, CVE-2026-43078; in kernel,
        kernel-tools

    Packages (2):
    ├── kernel 1:6.1.168-202.320.amzn2023 → 1:6.1.168-203.330.amzn2023
    └── kernel-tools 1:6.1.168-202.320.amzn2023 → 1:6.1.168-203.330.amzn2023

    Sources (5):
    ├── ✓ Amazon Linux releases: answered, 44 releases are known.
    ├── ✓ Amazon Linux release notes: answered, 1 of 1 pages were read.
    ├── ✓ Amazon Linux updateinfo: answered, 65 advisories were read.
    ├── ✓ Amazon Linux RSS: answered, 99 advisories were read.
    └── ✓ CISA KEV: answered, 1 exploited vulnerabilities are known.
    "
  `);
});

test('as JSON for programs', async () => {
  const { operations } = await withFeeds();
  const { cws, stop } = await cwsOf(operations);
  const { out } = await cws('base-images', 'compare', 'amazon-linux-2023', FROM, TO, '--output', 'json');
  await stop();
  const { findings } = JSON.parse(out) as { findings: Record<string, unknown> };
  expect(findings).toMatchObject({
    level: expect.any(String),
    confidence: 'exact',
    advisories: [{ id: 'ALAS2023-2026-1651', by: 'version' }],
  });
});

test('a feed that cannot be reached leads to unknown, at once, and says why', async () => {
  const gone = await feedServer();
  await gone.close();
  const { call } = await withFeeds(evidenceAt(gone));
  const started = Date.now();
  const { findings } = await call('compareBaseImages', { base: 'amazon-linux-2023', from: FROM, to: TO });
  expect(findings).toMatchObject({ level: 'unknown', confidence: 'unknown' });
  expect(findings.sources.map(({ state }) => state)).toContain('down');
  expect(findings.because.join(' ')).toMatch(/not|did not/);
  expect(Date.now() - started).toBeLessThan(5000);
});

/** An image of Amazon's as EC2 shows it, deprecated since. */
const shown = (imageId: string, name: string, architecture = 'x86_64') => ({
  ...{ imageId, name, architecture, ownerId: '137112412989', state: 'available' },
  creationDate: '2026-04-27T10:00:00.000Z',
  deprecationTime: '2026-07-27T10:00:00.000Z',
});

test('two ids that were never seen here are looked up, wherever they are and though they are deprecated', async () => {
  const { call, world } = await withFeeds();
  const [older, newer] = ['ami-0000000000000000a', 'ami-0000000000000000b'];
  world.imageLookup.add('us-west-2', shown(older, FROM));
  world.imageLookup.add('us-east-1', shown(newer, TO));
  const answer = await call('compareBaseImages', { base: 'amazon-linux-2023', from: older, to: newer });
  expect(answer).toMatchObject({
    architecture: 'x86_64',
    from: { imageId: older, name: FROM, release: '2023.11.20260427' },
    to: { imageId: newer, name: TO },
    findings: { confidence: 'exact', advisories: [{ id: 'ALAS2023-2026-1651' }] },
  });
});

test('an id of something else is refused', async () => {
  const { call, world } = await withFeeds();
  world.imageLookup.add('us-east-1', shown('ami-0000000000000000c', 'our-database-7'));
  const asked = call('compareBaseImages', {
    ...{ base: 'amazon-linux-2023', from: 'ami-0000000000000000c', to: TO },
  });
  expect(await refusal(asked)).toEqual({
    error: 'bad-request',
    message:
      'ami-0000000000000000c is no image of amazon-linux-2023: its name our-database-7 is not one that its upstream gives.',
  });
});

test('names tell their architecture: those of arm64 are compared as such, two of different ones not at all', async () => {
  const { call, world } = await withFeeds();
  const arm = (name: string) => name.replace('x86_64', 'arm64');
  const compare = (from: string, to: string) =>
    call('compareBaseImages', { base: 'amazon-linux-2023', from, to });
  expect((await compare(arm(FROM), arm(TO))).architecture).toBe('arm64');
  expect(await refusal(compare(FROM, arm(TO)))).toMatchObject({
    error: 'bad-request',
    message: 'Images of x86_64 and arm64 are not compared with each other.',
  });
  // A release beside a name or an id is meant for its architecture.
  world.imageLookup.add('us-east-1', shown('ami-0000000000000000d', arm(FROM), 'arm64'));
  const beside = await compare('ami-0000000000000000d', '2023.11.20260505');
  expect(beside).toMatchObject({ architecture: 'arm64', to: { name: arm(TO) } });
});

test('a base, image or release that nobody knows is refused with what there is', async () => {
  const { call } = await withFeeds();
  const refused = async (base: string, from: string, to: string) =>
    refusal(call('compareBaseImages', { base, from, to }));
  expect(await refused('amazon-linux-2032', FROM, TO)).toMatchObject({ error: 'not-found' });
  expect((await refused('amazon-linux-2023', FROM, 'ami-1')).message).toMatch(
    /^There is no image or release of amazon-linux-2023 "ami-1"/,
  );
  expect(await refused('amazon-linux-2023', FROM, 'ami-0000000000000000e')).toMatchObject({
    error: 'not-found',
  });
});
