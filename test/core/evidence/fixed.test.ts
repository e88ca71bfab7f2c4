import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Advisory } from '../../../src/core/evidence/advisory.ts';
import { fixedBetween } from '../../../src/core/evidence/fixed.ts';
import type { FixedQuestion } from '../../../src/core/evidence/fixed.ts';
import { compareInventories } from '../../../src/core/evidence/packageChange.ts';
import type { PackageChange } from '../../../src/core/evidence/packageChange.ts';
import { compareEvr } from '../../../src/core/evidence/versions/rpmVersion.ts';
import { anAdvisory } from './builders.ts';

const question = (
  change: Partial<PackageChange>,
  advisory: Partial<Advisory> = {},
  over: Partial<FixedQuestion> = {},
): FixedQuestion => ({
  format: 'rpm',
  architecture: 'x86_64',
  changes: [{ name: 'libxml2', after: '2.10.4-1.amzn2023.0.15', ...change }],
  advisories: [anAdvisory(advisory)],
  fromDay: Date.parse('2026-01-05T00:00:00Z'),
  toDay: Date.parse('2026-01-20T00:00:00Z'),
  ...over,
});

const outcome = (asked: FixedQuestion) => {
  const { fixed, reopened } = fixedBetween(asked);
  return fixed[0]?.by ?? (reopened.length > 0 ? 'reopened' : 'no');
};

const long = Date.parse('2025-01-01T00:00:00Z');

describe('an advisory is fixed', () => {
  test.each<[string, Partial<PackageChange>, Partial<Advisory>, string]>([
    ['if its version lies between', { before: '2.10.4-1.amzn2023.0.9' }, {}, 'version'],
    [
      'not if the older image had it',
      { before: '2.10.4-1.amzn2023.0.15', after: '2.10.4-1.amzn2023.0.16' },
      {},
      'no',
    ],
    [
      'not if the newer image has not got so far',
      { before: '2.10.4-1.amzn2023.0.9', after: '2.10.4-1.amzn2023.0.14' },
      {},
      'no',
    ],
    ['not if the package was not there before', { before: null }, {}, 'no'],
    ['not if the package is gone', { before: '2.10.4-1.amzn2023.0.9', after: null }, {}, 'no'],
    ['not if another package changed', { name: 'libxslt', before: '1-1' }, {}, 'no'],
    [
      'opened again if the newer image has an older package',
      { before: '2.10.4-1.amzn2023.0.15', after: '2.10.4-1.amzn2023.0.9' },
      {},
      'reopened',
    ],
    ['whenever it was published', { before: '2.10.4-1.amzn2023.0.9' }, { published: long }, 'version'],
    [
      'though it was published days later',
      { before: '2.10.4-1.amzn2023.0.9' },
      { published: Date.parse('2026-01-24T00:00:00Z') },
      'version',
    ],
    ['unknown before, the very version', {}, { published: long }, 'version'],
    [
      'unknown before, a version first seen in between',
      { after: '2.10.4-1.amzn2023.0.17', firstNew: '2.10.4-1.amzn2023.0.15' },
      { published: long },
      'version',
    ],
    ['unknown before, an older version published since', { after: '2.10.4-1.amzn2023.0.17' }, {}, 'date'],
    [
      'not: unknown before, an older version published long ago',
      { after: '2.10.4-1.amzn2023.0.17' },
      { published: long },
      'no',
    ],
    [
      'not for the other architecture',
      { before: '2.10.4-1.amzn2023.0.9' },
      { fixes: [{ name: 'libxml2', version: '2.10.4-1.amzn2023.0.15', architectures: ['arm64'] }] },
      'no',
    ],
    [
      'not if the fault came later',
      { before: '2.10.4-1.amzn2023.0.9' },
      {
        fixes: [{ name: 'libxml2', version: '2.10.4-1.amzn2023.0.15', introduced: '2.10.4-1.amzn2023.0.12' }],
      },
      'no',
    ],
    [
      'without versions, if its package changed and it is of the same day',
      { before: '1-1' },
      { fixes: [], about: ['libxml2'] },
      'date',
    ],
    [
      'not without versions, if it is of another time',
      { before: '1-1' },
      { fixes: [], about: ['libxml2'], published: Date.parse('2026-01-23T00:00:00Z') },
      'no',
    ],
    [
      'not without versions, if its package did not change',
      { before: '1-1' },
      { fixes: [], about: ['curl'] },
      'no',
    ],
  ])('%s', (_, change, advisory, by) => {
    expect(outcome(question(change, advisory))).toBe(by);
  });

  test('not without versions and date', () => {
    const { published, ...undated } = anAdvisory({ fixes: [], about: ['libxml2'] });
    expect(published).toBeDefined();
    expect(outcome({ ...question({ before: '1-1' }), advisories: [undated] })).toBe('no');
  });

  test('epochs count: 1:6.1 follows 6.12 without one', () => {
    const change = {
      name: 'kernel-tools',
      before: '6.12.37-61.105.amzn2023',
      after: '1:6.1.144-170.251.amzn2023',
    };
    const fixes = [
      { name: 'kernel', version: '1:6.1.144-170.251.amzn2023' },
      { name: 'kernel-tools', version: '1:6.1.144-170.251.amzn2023' },
    ];
    expect(outcome(question(change, { fixes }, { kernel: '6.1' }))).toBe('version');
  });

  test('an advisory about another kernel does not concern the image, though their tools share a name', () => {
    const change = {
      name: 'kernel-tools',
      before: '6.12.20-23.97.amzn2023',
      after: '6.12.22-27.96.amzn2023',
    };
    const fixes = [
      { name: 'kernel6.12', version: '6.12.22-27.96.amzn2023' },
      { name: 'kernel-tools', version: '6.12.22-27.96.amzn2023' },
    ];
    expect(outcome(question(change, { fixes }, { kernel: '6.1' }))).toBe('no');
    expect(outcome(question(change, { fixes }, { kernel: '6.12' }))).toBe('version');
    expect(outcome(question(change, { fixes }))).toBe('version');
  });

  test.each([
    ['2026-01-04T23:59:59Z', 'no'],
    // Whether the older image, of that day, had it nobody knows.
    ['2026-01-05T12:00:00Z', 'date'],
    ['2026-01-20T23:59:59Z', 'date'],
    // A notice can follow its fix.
    ['2026-01-23T23:59:59Z', 'date'],
    ['2026-01-24T00:00:00Z', 'no'],
  ])('one whose packages no list has, published at %s about the time of the images: %s', (published, by) => {
    const asked = question(
      {},
      {
        fixes: [{ name: 'linux-image-x', version: '9' }],
        about: ['linux-aws'],
        published: Date.parse(published),
      },
    );
    expect(outcome({ ...asked, dated: ({ about }) => about.includes('linux-aws') })).toBe(by);
  });

  test('a kernel whose ABI number is in its name is followed', () => {
    const changes = compareInventories(
      'deb',
      [{ name: 'linux-image-6.8.0-1012-aws', version: '6.8.0-1012.13' }],
      [{ name: 'linux-image-6.8.0-1016-aws', version: '6.8.0-1016.17' }],
    );
    const fixes = [{ name: 'linux-image-6.8.0-1015-aws', version: '6.8.0-1015.16' }];
    expect(changes).toEqual([
      { name: 'linux-image-6.8.0-1016-aws', before: '6.8.0-1012.13', after: '6.8.0-1016.17' },
    ]);
    expect(outcome({ ...question({}, { fixes }), format: 'deb', changes })).toBe('version');
  });

  test('names the packages that carry the fix', () => {
    const fixes = ['python3-libxml2', 'libxml2', 'libxml2-devel'].map((name) => ({
      name,
      version: '2.10.4-1.amzn2023.0.15',
    }));
    const changes = ['libxml2', 'python3-libxml2'].map((name) => ({
      name,
      before: '2.10.4-1.amzn2023.0.9',
      after: '2.10.4-1.amzn2023.0.15',
    }));
    expect(fixedBetween({ ...question({}, { fixes }), changes }).fixed).toEqual([
      {
        id: 'ALAS2023-2026-1',
        level: 'high',
        cves: ['CVE-2026-1000'],
        packages: ['libxml2', 'python3-libxml2'],
        by: 'version',
        feeds: ['updateinfo'],
        published: Date.parse('2026-01-20T18:00:00Z'),
      },
    ]);
  });
});

describe('fixed(A, B) over whole package lists', () => {
  const version = fc.constantFrom('1-1', '1-2', '1:0-1', '2~rc1-1', '2-1', '2^git1-1');
  const inventory = fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), version }), {
    selector: ({ name }) => name,
  });
  const advisory = fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), version }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => name,
  });

  test('is the set of the definition', () => {
    fc.assert(
      fc.property(inventory, inventory, fc.array(advisory, { maxLength: 5 }), (a, b, all) => {
        const advisories = all.map((fixes, index) => anAdvisory({ id: `X-${index}`, fixes }));
        const asked = { ...question({}), changes: compareInventories('rpm', a, b), advisories };
        const has = (list: typeof a, name: string) => list.find((one) => one.name === name)?.version;
        const expected = advisories.filter(({ fixes }) =>
          fixes.some(({ name, version: fix }) => {
            const [old, now] = [has(a, name), has(b, name)];
            return (
              old !== undefined && now !== undefined && compareEvr(old, fix) < 0 && compareEvr(now, fix) >= 0
            );
          }),
        );
        expect(fixedBetween(asked).fixed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }),
      { numRuns: 1_000 },
    );
  });

  test('nothing is fixed between an image and itself', () => {
    fc.assert(fc.property(inventory, (a) => compareInventories('rpm', a, a).length === 0));
  });

  test('what going forward fixes, going back opens again', () => {
    fc.assert(
      fc.property(inventory, inventory, advisory, (a, b, fixes) => {
        const ask = (changes: PackageChange[]) => fixedBetween({ ...question({}, { fixes }), changes });
        const forth = ask(compareInventories('rpm', a, b));
        const back = ask(compareInventories('rpm', b, a));
        expect(forth.fixed.length + forth.reopened.length).toBe(back.fixed.length + back.reopened.length);
      }),
    );
  });
});
