import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { compareReleases } from '../../../src/core/base-images/imageRelease.ts';
import { releaseOf } from '../../../src/core/base-images/releaseOf.ts';
import type { Advisory } from '../../../src/core/evidence/advisory.ts';
import { uniteFeeds } from '../../../src/core/evidence/advisory.ts';
import { assess } from '../../../src/core/evidence/assess.ts';
import type { Assessment } from '../../../src/core/evidence/assessment.ts';
import { alasRssParser } from '../../../src/core/evidence/feeds/alasRss.ts';
import { readWhole } from '../../../src/core/evidence/feeds/chunkParser.ts';
import { releasemdParser } from '../../../src/core/evidence/feeds/releasemd.ts';
import { parseReleaseNotes } from '../../../src/core/evidence/feeds/releaseNotes.ts';
import type { ReleaseNotes } from '../../../src/core/evidence/feeds/releaseNotes.ts';
import { updateinfoParser } from '../../../src/core/evidence/feeds/updateinfo.ts';
import { amazonFindings } from '../../../src/core/evidence/findings.ts';
import {
  al2023Releases,
  al2023Rss,
  al2Releases,
  alas2023,
  expectedReplay,
  parameterSamples,
  releasemdXml,
  releaseNotesHtml,
  releaseNotesMarkdown,
  updateinfoXml,
} from './amazonFeeds.ts';
import { expectReplayed, imageOf } from './replayed.ts';

const base = BASE_IMAGES.find(({ name }) => name === 'amazon-linux-2023')!;

let releases: readonly string[] = [];
const notes = new Map<string, ReleaseNotes>();
let advisories: readonly Advisory[] = [];

const assessUpdate = (image: string, from: string, to: string): Assessment => {
  const comparison = {
    base,
    architecture: 'x86_64',
    from: imageOf(image, from),
    to: imageOf(image, to),
  } as const;
  const data = { releases, notes, advisories, exploited: new Set<string>(), sources: [] };
  return assess(comparison, amazonFindings(comparison, data));
};

beforeAll(() => {
  const facts = al2023Releases();
  releases = readWhole(releasemdXml(facts.map(({ release }) => release)), releasemdParser());
  for (const [index, release] of facts.entries()) {
    const page = index % 2 === 0 ? releaseNotesHtml(release) : releaseNotesMarkdown(release);
    notes.set(release.release, parseReleaseNotes(page, release.release));
  }
  const read: Advisory[] = [];
  const updateinfo = updateinfoParser('amazon-linux-2023', (advisory) => read.push(advisory));
  readWhole(updateinfoXml(alas2023()), updateinfo);
  advisories = uniteFeeds(read, readWhole(al2023Rss(alas2023()), alasRssParser('amazon-linux-2023')));
});

describe('the history of Amazon Linux 2023 through the real code', () => {
  test('the feeds hold what the facts say', () => {
    expect(releases).toHaveLength(44);
    // 65 have fixed versions (updateinfo) and 53 a date (RSS) only; of 10 neither is known.
    const known = alas2023().filter(({ packages, fixedIn, issued }) => packages ?? fixedIn ?? issued);
    expect(advisories.map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort());
  });

  test.each(expectedReplay().map((row) => [row.image, row.from, row.to, row] as const))(
    '%s: %s to %s',
    (image, from, to, expected) => {
      const result = assessUpdate(image, from, to);
      expectReplayed(result, expected);
      if (!expected.known) return;
      if (expected.advisories.length > 0) expect(result.type).toBe('security');
      else expect(['feature', 'maintenance']).toContain(result.type);
    },
  );

  test('covers every release and image', () => {
    expect(expectedReplay()).toHaveLength(4 * 43);
  });

  test('the table is what the independent script works out', ({ skip }) => {
    const script = fileURLToPath(new URL('check_replay.py', import.meta.url));
    const facts = fileURLToPath(new URL('../../fixtures/amazon-linux', import.meta.url));
    const { status, error, stderr } = spawnSync('python3', [script, facts, '--check'], { encoding: 'utf8' });
    if (error !== undefined) skip('python3 is not installed');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('what the history shows', () => {
  test('a release that only renews its own pins changes nothing', () => {
    const result = assessUpdate('default 6.1', '2023.8.20250707', '2023.8.20250715');
    expect(result).toMatchObject({ type: 'maintenance', level: 'none', confidence: 'exact', packages: [] });
  });

  test('a new quarter without known fixes is a feature', () => {
    const result = assessUpdate('default 6.1', '2023.10.20260330', '2023.11.20260406');
    expect(result).toMatchObject({ type: 'feature', level: 'none', confidence: 'exact' });
    expect(result.because).toEqual(['the version rises from 2023.10 to 2023.11']);
  });

  test('an advisory without a CVE counts', () => {
    const result = assessUpdate('default 6.1', '2023.8.20250721', '2023.8.20250804');
    expect(result.advisories.map(({ id, cves }) => [id, cves])).toEqual([['ALAS2023-2025-1128', []]]);
    expect(result).toMatchObject({ type: 'security', level: 'low', cves: [], recalled: true });
  });

  test('a page without the section of the image is put together from its siblings, and says so', () => {
    const result = assessUpdate('default 6.1', '2023.10.20260216', '2023.10.20260302');
    expect(result).toMatchObject({ type: 'security', level: 'high', confidence: 'inferred' });
  });

  test('a page that is not there yet leaves the update unknown', () => {
    const page = notes.get('2023.12.20260710')!;
    notes.delete(page.release);
    const result = assessUpdate('default 6.1', '2023.12.20260706', page.release);
    notes.set(page.release, page);
    expect(result).toMatchObject({ type: 'unknown', level: 'unknown', confidence: 'unknown' });
    expect(result.because[1]).toBe('the release notes of 2023.12.20260710 are missing');
  });

  test('several releases at once fix what each of them fixes', () => {
    const steps = expectedReplay().filter(
      ({ image, from }) => image === 'default 6.1' && from >= '2023.11.20260427',
    );
    const certain = steps.flatMap(({ advisories: ids }) => ids.filter((id) => id.endsWith(' version')));
    const result = assessUpdate('default 6.1', steps[0]!.from, steps.at(-1)!.to);
    const found = result.advisories.map(({ id, by }) => `${id} ${by}`);
    expect(certain.filter((id) => !found.includes(id))).toEqual([]);
  });

  test('going back opens again what was fixed', () => {
    const forward = assessUpdate('default 6.1', '2023.11.20260514', '2023.11.20260526');
    const back = assessUpdate('default 6.1', '2023.11.20260526', '2023.11.20260514');
    expect(back).toMatchObject({ type: 'rollback', level: 'none', advisories: [], cves: [] });
    expect(back.reopened).toEqual(forward.advisories.map(({ id }) => id));
  });
});

describe('the public parameters of us-east-1', () => {
  const families = { al2023: 'amazon-linux-2023', amzn2: 'amazon-linux-2' } as const;
  const parameters = [...new Set(parameterSamples().map(([parameter]) => parameter))];

  test.each(parameters)('%s: every image tells its release, and they came in its order', (parameter) => {
    const family = families[parameter.startsWith('al2023') ? 'al2023' : 'amzn2'];
    const seen = parameterSamples()
      .filter(([name]) => name === parameter)
      .map(([, , , imageId, name]) => releaseOf(family, { imageId, name }));
    expect(seen.length).toBeGreaterThan(40);
    expect(seen.every(({ readFrom }) => readFrom === 'name')).toBe(true);
    expect(seen.toSorted(compareReleases)).toEqual(seen);
  });
});

describe('Amazon Linux 2 by the same path', () => {
  const al2 = BASE_IMAGES.find(({ name }) => name === 'amazon-linux-2')!;
  const image = (release: string) =>
    releaseOf('amazon-linux-2', {
      imageId: 'ami-1',
      name: `amzn2-ami-kernel-5.10-hvm-${release}.0-x86_64-gp2`,
    });

  test.each(
    al2Releases()
      .slice(1)
      .map(({ release }, index) => [al2Releases()[index]!.release, release] as const),
  )('%s to %s', (from, to) => {
    const pages = al2Releases().map(
      (facts) =>
        [
          facts.release,
          parseReleaseNotes(
            releaseNotesMarkdown({ ...facts, release: `${facts.release}.1` }, 'Amazon Linux 2'),
            facts.release,
          ),
        ] as const,
    );
    const comparison = { base: al2, architecture: 'x86_64', from: image(from), to: image(to) } as const;
    const findings = amazonFindings(comparison, {
      releases: al2Releases().map(({ release }) => release),
      notes: new Map(pages),
      advisories: [],
      exploited: new Set(),
      sources: [],
    });
    const listed = al2Releases().find(({ release }) => release === to)!.imageUpdates[
      'Default Kernel-5.10 AMI'
    ]!;
    const after = new Set(findings.changes?.map(({ name, after: version }) => `${name}-${version ?? ''}`));
    expect(listed.filter((name) => !after.has(name) && !name.startsWith('system-release-'))).toEqual(
      // Listed again, though the release before had the same.
      listed.filter((name) =>
        al2Releases()
          .find(({ release }) => release === from)!
          .imageUpdates['Default Kernel-5.10 AMI']!.includes(name),
      ),
    );
    expect(findings.gaps).toEqual([]);
  });
});
