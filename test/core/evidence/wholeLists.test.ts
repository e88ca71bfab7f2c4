import { describe, expect, test } from 'vitest';
import { amazonChanges } from '../../../src/core/evidence/amazonChanges.ts';
import { assess } from '../../../src/core/evidence/assess.ts';
import type { ReleaseNotes } from '../../../src/core/evidence/feeds/releaseNotes.ts';
import { parseReleaseNotes } from '../../../src/core/evidence/feeds/releaseNotes.ts';
import { amazonFindings, inferredFindings, ubuntuFindings } from '../../../src/core/evidence/findings.ts';
import { isReleasePin, sectionOf } from '../../../src/core/evidence/imageSections.ts';
import { belongsToKernel } from '../../../src/core/evidence/kernelStream.ts';
import { FEWEST_INSTALLED, whyNotAlike } from '../../../src/core/evidence/wholeLists.ts';
import { al2023Releases, releaseNotesMarkdown } from './amazonFeeds.ts';
import { aComparison, al2023, anAdvisory, aRelease, aWholeList } from './builders.ts';

const RELEASES = al2023Releases();
const PAGES = RELEASES.map((facts) => parseReleaseNotes(releaseNotesMarkdown(facts), facts.release));
const IMAGE = { flavour: 'default', kernel: '6.1' } as const;
const TITLE = 'Default Kernel 6.1 AMI';

/** The page as it would be if the list of one image had lost packages. */
const without = (
  page: ReleaseNotes,
  title: string,
  isLost: (name: string, at: number) => boolean,
): ReleaseNotes => {
  const section = page.images.get(title)!;
  const packages = section.packages.filter(({ name }, at) => !isLost(name, at));
  return { ...page, images: new Map([...page.images, [title, { ...section, packages }]]) };
};

/** What only the default image has of a kernel cannot be told from another list. */
const namesOf = (page: ReleaseNotes) => {
  const section = sectionOf(page, IMAGE);
  if (typeof section === 'string') return section;
  return section.packages
    .map(({ name }) => name)
    .filter((name) => name !== 'kernel-tools')
    .sort();
};

describe('the real lists of Amazon Linux 2023', () => {
  test('are whole, each of them', () => {
    const images = PAGES.flatMap((page) =>
      [...page.images.keys()].flatMap((title) => {
        const [, size, kernel] = /^(Default|Minimal) Kernel (\S+) AMI$/.exec(title) ?? [];
        const flavour = size === 'Default' ? 'default' : 'minimal';
        return kernel === undefined ? [] : [sectionOf(page, { flavour, kernel })];
      }),
    );
    expect(images).toHaveLength(205);
    expect(images.filter((section) => typeof section === 'string' || section.reconstructed)).toEqual([]);
  });

  test('differ in size by so much from one release to the next that a short list is none that is cut off', () => {
    const sizes = PAGES.map((page) => page.images.get(TITLE)?.packages.length ?? 0).filter(
      (size) => size > 0,
    );
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([3, 51]);
  });

  test('name more packages in all their changes than a list may have at least', () => {
    const named = (title: string) =>
      new Set(PAGES.flatMap((page) => page.images.get(title)?.packages.map(({ name }) => name) ?? [])).size;
    expect(named('Minimal Kernel 6.1 AMI')).toBeGreaterThan(FEWEST_INSTALLED);
    expect(named(TITLE)).toBe(208);
  });

  test('come to the same where one of them is cut off anywhere', () => {
    let cuts = 0;
    for (const page of PAGES) {
      const list = page.images.get(TITLE)?.packages ?? [];
      for (let cut = 0; cut < list.length; cut += 1) {
        cuts += 1;
        expect(namesOf(without(page, TITLE, (_, at) => at >= cut))).toEqual(namesOf(page));
      }
    }
    expect(cuts).toBe(784);
  });

  test('are not known where every list of a page is cut off', () => {
    const [page] = PAGES;
    const cut = [...page!.images.keys()].reduce(
      (left, title) => without(left, title, (name) => name >= 'p'),
      page!,
    );
    expect(sectionOf(cut, IMAGE)).toBe(
      'the list of the default kernel 6.1 image in the release notes of 2023.7.20250414 is not whole: it lacks system-release',
    );
  });
});

test('an empty list of Amazon Linux 2, which has no pins, is not whole', () => {
  const release = '2.0.20260707';
  const images = new Map([['Default Kernel-5.10 AMI', { packages: [], unread: 0 }]]);
  expect(sectionOf({ release, images, recalled: false }, { flavour: 'default', kernel: '5.10' })).toBe(
    'the list of the default kernel 5.10 image in the release notes of 2.0.20260707 is not whole: it lacks every package',
  );
});

describe('an update whose page lost packages', () => {
  const releases = ['2023.10.20260105', '2023.10.20260120'];
  const notes = new Map(PAGES.map((page) => [page.release, page]));
  const quiet = { exploited: new Set<string>(), sources: [], advisories: [], releases };

  test('is inferred from the lists of the other images, and concludes nothing from what is absent', () => {
    const page = without(notes.get(releases[1]!)!, TITLE, (name) => name > 'l');
    const exact = amazonFindings(aComparison(), { ...quiet, notes });
    const cut = amazonFindings(aComparison(), { ...quiet, notes: new Map([...notes, [page.release, page]]) });
    expect(cut.changes).toEqual(exact.changes);
    expect(assess(aComparison(), exact).confidence).toBe('exact');
    expect(assess(aComparison(), cut)).toMatchObject({ type: 'maintenance', confidence: 'inferred' });
  });

  test('is unknown where no other list tells', () => {
    const { release } = notes.get(releases[1]!)!;
    const images = new Map([[TITLE, { packages: [{ name: 'bash', version: '5.2' }], unread: 0 }]]);
    const one = { release, images, recalled: false };
    const result = assess(
      aComparison(),
      amazonFindings(aComparison(), { ...quiet, notes: new Map([...notes, [release, one]]) }),
    );
    expect(result).toMatchObject({ type: 'unknown', level: 'unknown', confidence: 'unknown', packages: [] });
    expect(result.because.join()).toContain(`in the release notes of ${release} is not whole`);
  });
});

describe("our last build's list", () => {
  const [from, to] = [al2023('2023.12.20260608'), al2023('2023.12.20260622')];
  const notes = new Map(PAGES.map((page) => [page.release, page]));
  const question = { from, to, releases: [...notes.keys()], notes };
  const changed = amazonChanges(question).changes;
  const installed = changed.map(({ name, before, after }) => ({ name, version: before ?? after ?? '' }));

  test('of which any part is missing changes nothing: what is not in it is not known', () => {
    for (const known of [installed, aWholeList(...installed.slice(2)), aWholeList(...installed.slice(9)), []])
      expect(amazonChanges({ ...question, known }).changes).toEqual(changed);
  });

  test('infers no peace from a part: what is open in it is a lower bound, and the rest is unknown', () => {
    const comparison = aComparison({
      base: { ...aComparison().base, family: 'rocky' },
      from: aRelease('rocky-9', 'Rocky-9-EC2-Base-9.4-20260105.0.x86_64'),
      to: aRelease('rocky-9', 'Rocky-9-EC2-Base-9.4-20260120.0.x86_64'),
      known: [{ name: 'libxml2', version: '2.10.4-1.amzn2023.0.14' }],
    });
    const data = { exploited: new Set<string>(), sources: [] };
    const found = assess(comparison, inferredFindings(comparison, { ...data, advisories: [anAdvisory()] }));
    expect(found).toMatchObject({ type: 'security', level: 'high', confidence: 'unknown' });
    const quiet = assess(comparison, inferredFindings(comparison, { ...data, advisories: [] }));
    expect(quiet).toMatchObject({ type: 'unknown', level: 'unknown', confidence: 'unknown' });
    expect(quiet.because.join()).toContain('is not whole: it has 1 packages');
  });
});

test('an image whose day nobody knows infers no peace', () => {
  const comparison = aComparison({
    base: { ...aComparison().base, family: 'custom' },
    to: { name: 'ami-2', date: '00000000', build: '', readFrom: 'creation-date' },
    known: aWholeList({ name: 'libxml2', version: '2.10.4-1.amzn2023.0.14' }),
  });
  const data = { exploited: new Set<string>(), sources: [] };
  const quiet = assess(comparison, inferredFindings(comparison, { ...data, advisories: [] }));
  expect(quiet).toMatchObject({ type: 'unknown', level: 'unknown', confidence: 'unknown' });
  expect(quiet.because.join()).toContain('nobody says which day ami-2 is from');
  const found = assess(comparison, inferredFindings(comparison, { ...data, advisories: [anAdvisory()] }));
  expect(found).toMatchObject({ type: 'security', level: 'high', confidence: 'unknown' });
});

describe('two manifests', () => {
  const comparison = aComparison({
    from: aRelease('ubuntu-24.04', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240821'),
    to: aRelease('ubuntu-24.04', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240910'),
    base: { ...aComparison().base, family: 'ubuntu', packageManager: 'apt' },
  });
  const data = { exploited: new Set<string>(), sources: [], advisories: [] };
  const before = aWholeList({ name: 'openssl', version: '3.0.13-0ubuntu3.3' });
  const after = aWholeList({ name: 'openssl', version: '3.0.13-0ubuntu3.4' });

  test('of which one is cut off remove and add nothing', () => {
    for (const [from, to] of [
      [before, after.slice(0, 60)],
      [before.slice(0, 60), after],
    ] as const) {
      const result = assess(comparison, ubuntuFindings(comparison, { ...data, from, to }));
      expect(result.packages).toEqual([
        { name: 'openssl', before: '3.0.13-0ubuntu3.3', after: '3.0.13-0ubuntu3.4' },
      ]);
      expect(result).toMatchObject({ type: 'unknown', level: 'unknown', confidence: 'unknown' });
      expect(result.because.join()).toMatch(/the list of 2024\d+ is not whole: it has 60 packages/);
    }
  });

  test('that differ by a few packages tell what came and went', () => {
    const result = assess(
      comparison,
      ubuntuFindings(comparison, { ...data, from: before, to: after.slice(0, 115) }),
    );
    expect(result.packages.filter((change) => change.after === null)).toHaveLength(6);
    expect(result).toMatchObject({ type: 'maintenance', confidence: 'exact' });
  });
});

test('a few packages are never too many: not two of a short list, not a tenth of a long one', () => {
  const named = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `p${n}`, version: '1' }));
  const image = (count: number) => ({ name: `${count}`, packages: named(count) });
  expect(whyNotAlike(image(3), image(1))).toBeUndefined();
  expect(whyNotAlike(image(4), image(1))).toBe('the list of 1 is not whole: it has 1 packages, that of 4 4');
  expect(whyNotAlike(image(900), image(1000))).toBeUndefined();
  expect(whyNotAlike(image(899), image(1000))).toBeDefined();
});

test('the pins are no packages of a kernel, and every list has them', () => {
  const pins = [...(PAGES[0]!.images.get(TITLE)?.packages ?? [])]
    .map(({ name }) => name)
    .filter(isReleasePin);
  expect(pins).toEqual(['amazon-linux-repo-s3', 'kernel-livepatch-repo-s3', 'system-release']);
  expect(pins.some(belongsToKernel)).toBe(false);
});
