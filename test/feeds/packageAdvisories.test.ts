import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BASE_IMAGES } from '../../src/core/base-images/catalogue.ts';
import type { Inventory } from '../../src/core/evidence/inventory.ts';
import { openInAmi } from '../../src/core/packages/openInAmi.ts';
import type { EvidencePolicy } from '../../src/core/policy/policy.ts';
import { DAY } from '../../src/core/words.ts';
import { feedPackageAdvisories } from '../../src/feeds/packageAdvisories.ts';
import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import type { FeedCache, PackageAnswer, PackageQuestion } from '../../src/ports.ts';
import { ALSA_2024_2433, RLSA_2024_3671 } from '../core/evidence/feeds/osvRecords.ts';
import { AL2023, serveAmazonLinux2023 } from './amazonServer.ts';
import type { FeedServer } from './feedServer.ts';
import { feedServer } from './feedServer.ts';
import { serveOsv } from './osvServer.ts';
import { serveUbuntu, UBUNTU } from './ubuntuServer.ts';

const NOW = Date.parse('2026-07-15T12:00:00Z');
const AUGUST_2024 = Date.parse('2024-08-21T00:00:00Z');

let server: FeedServer;
beforeEach(async () => {
  server = await feedServer();
});
afterEach(async () => server.close());

const about = (base: string, installed: Inventory, since = AUGUST_2024): PackageQuestion => ({
  base: BASE_IMAGES.find(({ name }) => name === base)!,
  installed,
  since,
});

const ask = async (
  questions: readonly PackageQuestion[],
  policy: EvidencePolicy = server.policy({ timeout: 2_000 }),
  pip: readonly string[] = [],
  over: { readonly cache?: FeedCache; readonly now?: number } = {},
) => {
  const advisories = feedPackageAdvisories({
    fetch,
    now: () => over.now ?? NOW,
    cache: over.cache ?? memoryFeedCache(),
    log: memoryLog(),
    policy: async () => policy,
  });
  return advisories.ask(questions, { names: pip, since: AUGUST_2024 });
};

/** Ids of what is open in an image of these packages. */
const openOf = ({ advisories }: PackageAnswer | undefined = noAnswer, question: PackageQuestion) =>
  openInAmi(
    {
      packages: question.installed,
      format: question.base.packageManager === 'apt' ? 'deb' : 'rpm',
      architecture: 'x86_64',
      builtAt: question.since,
    },
    advisories ?? [],
    new Set(),
  ).map(({ id, level }) => `${id} ${level}`);
const noAnswer: PackageAnswer = { advisories: null, gaps: [], sources: [] };

/** How often a path was asked for. */
const times = (path: string) => server.requests.filter((request) => request.includes(` ${path} `)).length;

describe('advisories about packages of our images', () => {
  test('Amazon Linux: updateinfo is read once for all bases of the distribution', async () => {
    serveAmazonLinux2023(server, NOW);
    const libxml2 = [{ name: 'libxml2', version: '2.10.4-1.amzn2023.0.9' }];
    const since = Date.parse('2025-12-01T00:00:00Z');
    const questions = [
      about('amazon-linux-2023', libxml2, since),
      about('amazon-linux-2023-minimal', libxml2, since),
    ];
    const { answers, exploited } = await ask(questions);
    expect(exploited).toEqual(new Set(['CVE-2021-44228']));
    expect(answers.map(({ gaps }) => gaps)).toEqual([[], []]);
    const [open, ofMinimal] = answers.map((answer, index) => openOf(answer, questions[index]!));
    expect(open?.length).toBeGreaterThan(0);
    expect(ofMinimal).toEqual(open);
    expect(times(`${AL2023.repository}repodata/updateinfo.xml.gz`)).toBe(1);
    expect(times(AL2023.rss)).toBe(1);
  });

  test('Ubuntu: the archive is read once, as far back as the oldest image needs', async () => {
    serveUbuntu(server);
    const openssl = [{ name: 'openssl', version: '3.0.13-0ubuntu3.3' }];
    const questions = [
      about('ubuntu-24.04', openssl),
      about('ubuntu-22.04', [{ name: 'openssl', version: '3.0.2-0ubuntu1.17' }], NOW),
    ];
    const { answers } = await ask(questions);
    expect(openOf(answers[0], questions[0]!)).toEqual(['USN-6986-1 medium']);
    expect(openOf(answers[1], { ...questions[1]!, since: AUGUST_2024 })).toEqual(['USN-6986-1 medium']);
    expect(times(UBUNTU.archive)).toBe(1);
  });

  test('OSV.dev: images of one ecosystem are one question, of each package and version once', async () => {
    const batches = serveOsv(server, { ruby: [RLSA_2024_3671], 'avahi-libs': [ALSA_2024_2433] });
    const ruby = { name: 'ruby', version: '3.3.0-1.module+el9.4.0+1+a' };
    const questions = [
      about('rocky-9', [ruby, { name: 'bash', version: '5.1.8-9.el9' }], Date.parse('2024-05-01T00:00:00Z')),
      about('alma-9', [{ name: 'avahi-libs', version: '0.8-19.el9' }], Date.parse('2024-04-01T00:00:00Z')),
    ];
    const { answers } = await ask([...questions, { ...questions[0]!, installed: [ruby] }]);
    expect(answers.map((answer, index) => openOf(answer, questions[index] ?? questions[0]!))).toEqual([
      ['RLSA-2024:3671 medium'],
      ['ALSA-2024:2433 medium'],
      ['RLSA-2024:3671 medium'],
    ]);
    const asked = batches.map((batch) =>
      batch.map(({ package: { ecosystem, name } }) => `${ecosystem} ${name}`).sort(),
    );
    expect(asked.sort()).toEqual([['AlmaLinux:9 avahi-libs'], ['Rocky Linux:9 bash', 'Rocky Linux:9 ruby']]);
  });

  test('what pip installs is asked for by name, and only what came out since is read', async () => {
    const record = (id: string, published: string) => ({
      id,
      published,
      modified: published,
      aliases: ['CVE-2024-5001'],
      affected: [
        {
          package: { ecosystem: 'PyPI', name: 'jinja2' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3.1.5' }] }],
        },
      ],
      database_specific: { severity: 'MODERATE' },
    });
    const batches = serveOsv(server, {
      jinja2: [
        record('GHSA-aaaa-bbbb-cccc', '2024-12-23T00:00:00Z'),
        record('GHSA-old-old-old', '2020-01-01T00:00:00Z'),
      ],
    });
    const { pip } = await ask([], undefined, ['jinja2', 'numpy']);
    expect(batches[0]).toEqual([
      { package: { ecosystem: 'PyPI', name: 'jinja2' } },
      { package: { ecosystem: 'PyPI', name: 'numpy' } },
    ]);
    expect(pip).toMatchObject({
      advisories: [{ id: 'GHSA-aaaa-bbbb-cccc', level: 'medium', cves: ['CVE-2024-5001'] }],
      gaps: [],
      sources: [{ name: 'OSV.dev', state: 'answered' }],
    });
  });

  test('a feed that is down is a gap, with its state', async () => {
    const { answers, exploited } = await ask([about('rocky-9', [{ name: 'ruby', version: '1-1' }])]);
    expect(exploited).toBeNull();
    expect(answers).toMatchObject([
      { advisories: null, gaps: [expect.stringContaining('OSV.dev did not answer') as string] },
    ]);
    expect(answers[0]?.sources).toMatchObject([{ name: 'OSV.dev', state: 'down' }]);
  });

  test('what was kept for a feed that is down is used, and a gap all the same', async () => {
    serveUbuntu(server);
    const cache = memoryFeedCache();
    const { evidence, ...base } = BASE_IMAGES.find(({ name }) => name === 'ubuntu-24.04')!;
    const question = {
      ...about('ubuntu-24.04', [{ name: 'openssl', version: '3.0.13-0ubuntu3.3' }]),
      base: { ...base, evidence: evidence.filter((kind) => kind === 'ubuntu') },
    };
    await ask([question], undefined, [], { cache });
    server.routes.clear();
    const { answers } = await ask([question], undefined, [], { cache, now: NOW + DAY });
    expect(openOf(answers[0], question)).toEqual(['USN-6986-1 medium']);
    expect(answers[0]?.gaps).toEqual([expect.stringContaining('Ubuntu notices did not answer') as string]);
    expect(answers[0]?.sources[0]?.state).toBe('cached');
  });

  test('where the first kind is down the second stands in for it', async () => {
    serveOsv(server, {});
    const { answers } = await ask([about('ubuntu-24.04', [{ name: 'openssl', version: '1' }])]);
    expect(answers).toMatchObject([{ advisories: [], gaps: [] }]);
    expect(answers[0]?.sources.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'Ubuntu notices: down',
      'OSV.dev: answered',
    ]);
  });

  test('sources that the policy leaves out are not asked', async () => {
    const { sources, ...rest } = server.policy();
    const off = Object.fromEntries(
      Object.entries(sources).map(([name, source]) => [name, { ...source, enabled: false }]),
    ) as EvidencePolicy['sources'];
    const { answers, exploited } = await ask([about('ubuntu-24.04', [{ name: 'openssl', version: '1' }])], {
      ...rest,
      sources: off,
    });
    expect(answers).toEqual([noAnswer]);
    expect(exploited).toEqual(new Set());
    expect(server.requests).toEqual([]);
  });
});
