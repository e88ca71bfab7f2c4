import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEvr, parseEvr, rpmvercmp } from '../../../../src/core/evidence/versions/rpmVersion.ts';

/** The cases of rpm's own test suite (tests/rpmvercmp.at, 2026-07): two versions and their order. */
const RPM_TABLE = `
  1.0 1.0 0
  1.0 2.0 -1
  2.0 1.0 1
  2.0.1 2.0.1 0
  2.0 2.0.1 -1
  2.0.1 2.0 1
  2.0.1a 2.0.1a 0
  2.0.1a 2.0.1 1
  2.0.1 2.0.1a -1
  5.5p1 5.5p1 0
  5.5p1 5.5p2 -1
  5.5p2 5.5p1 1
  5.5p10 5.5p10 0
  5.5p1 5.5p10 -1
  5.5p10 5.5p1 1
  10xyz 10.1xyz -1
  10.1xyz 10xyz 1
  xyz10 xyz10 0
  xyz10 xyz10.1 -1
  xyz10.1 xyz10 1
  xyz.4 xyz.4 0
  xyz.4 8 -1
  8 xyz.4 1
  xyz.4 2 -1
  2 xyz.4 1
  5.5p2 5.6p1 -1
  5.6p1 5.5p2 1
  5.6p1 6.5p1 -1
  6.5p1 5.6p1 1
  6.0.rc1 6.0 1
  6.0 6.0.rc1 -1
  10b2 10a1 1
  10a2 10b2 -1
  1.0aa 1.0aa 0
  1.0a 1.0aa -1
  1.0aa 1.0a 1
  10.0001 10.0001 0
  10.0001 10.1 0
  10.1 10.0001 0
  10.0001 10.0039 -1
  10.0039 10.0001 1
  4.999.9 5.0 -1
  5.0 4.999.9 1
  20101121 20101121 0
  20101121 20101122 -1
  20101122 20101121 1
  2_0 2_0 0
  2.0 2_0 0
  2_0 2.0 0
  a a 0
  a+ a+ 0
  a+ a_ 0
  a_ a+ 0
  +a +a 0
  +a _a 0
  _a +a 0
  +_ +_ 0
  _+ +_ 0
  _+ _+ 0
  + _ 0
  _ + 0
  1.0~rc1 1.0~rc1 0
  1.0~rc1 1.0 -1
  1.0 1.0~rc1 1
  1.0~rc1 1.0~rc2 -1
  1.0~rc2 1.0~rc1 1
  1.0~rc1~git123 1.0~rc1~git123 0
  1.0~rc1~git123 1.0~rc1 -1
  1.0~rc1 1.0~rc1~git123 1
  1.0^ 1.0^ 0
  1.0^ 1.0 1
  1.0 1.0^ -1
  1.0^git1 1.0^git1 0
  1.0^git1 1.0 1
  1.0 1.0^git1 -1
  1.0^git1 1.0^git2 -1
  1.0^git2 1.0^git1 1
  1.0^git1 1.01 -1
  1.01 1.0^git1 1
  1.0^20160101 1.0^20160101 0
  1.0^20160101 1.0.1 -1
  1.0.1 1.0^20160101 1
  1.0^20160101^git1 1.0^20160101^git1 0
  1.0^20160102 1.0^20160101^git1 1
  1.0^20160101^git1 1.0^20160102 -1
  1.0~rc1^git1 1.0~rc1^git1 0
  1.0~rc1^git1 1.0~rc1 1
  1.0~rc1 1.0~rc1^git1 -1
  1.0^git1~pre 1.0^git1~pre 0
  1.0^git1 1.0^git1~pre 1
  1.0^git1~pre 1.0^git1 -1
`;

const rows = RPM_TABLE.trim()
  .split('\n')
  .map((row) => row.trim().split(' '))
  .map(([a = '', b = '', order = '']) => [a, b, Number(order)] as const);

describe('rpmvercmp', () => {
  test('the table is whole', () => {
    expect(rows).toHaveLength(91);
  });

  test.each(rows)('%s against %s: %d', (a, b, order) => {
    expect(rpmvercmp(a, b)).toBe(order);
  });

  test.each([
    // What rpm documents as odd but keeps: letters within a run, and bytes that are neither letter nor digit.
    ['1b.fc17', '1b.fc17', 0],
    ['1b.fc17', '1.fc17', -1],
    ['1.fc17', '1b.fc17', 1],
    ['1g.fc17', '1.fc17', 1],
    ['1.fc17', '1g.fc17', -1],
    ['1.1.\u03b1', '1.1.\u03b2', 0],
    ['1.1.\u03b1\u03b1', '1.1.\u03b1', 0],
  ])('odd: %s against %s: %d', (a, b, order) => {
    expect(rpmvercmp(a, b)).toBe(order);
  });
});

describe('compareEvr', () => {
  test.each([
    // rpm's labelCompare cases (tests/rpmpython.at).
    ['3:1.0-1', '3:1.0-1', 0],
    ['1.0-1', '1.1-2', -1],
    ['1.0-1', '1.1-1', -1],
    ['1.1-1', '1.0-1', 1],
    ['1.1-1', '1.0-2', 1],
    ['1:1.0-1', '0:1.0-1', 1],
    ['0:1.0-1', '1:1.0-1', -1],
    ['0:1.0-1', '1.0-1', 0],
    ['1.0-1', '2.0-1', -1],
    ['2:1.0-1', '2.0-1', 1],
    // Amazon Linux: the tools of the 6.12 kernel in 6.1 images until 2025-07, then the 6.1 ones with an epoch.
    ['6.12.37-61.105.amzn2023', '1:6.1.144-170.251.amzn2023', -1],
    ['2.10.4-1.amzn2023.0.9', '2.10.4-1.amzn2023.0.15', -1],
    ['1.0', '1.0-1', -1],
    [':1.0-1', '0:1.0-1', 0],
  ])('%s against %s: %d', (a, b, order) => {
    expect(compareEvr(a, b)).toBe(order);
  });

  test('splits a text into its parts', () => {
    expect(parseEvr('1:6.1.159-182.297.amzn2023')).toEqual({
      epoch: '1',
      version: '6.1.159',
      release: '182.297.amzn2023',
    });
    expect(parseEvr('1.0')).toEqual({ epoch: '0', version: '1.0', release: undefined });
    expect(parseEvr('a:1.0-1')).toEqual({ epoch: '0', version: 'a:1.0', release: '1' });
  });
});

describe('the order of rpm versions is a total one', () => {
  const version = fc.string({
    unit: fc.constantFrom('0', '1', '9', 'a', 'b', '.', '_', '~', '^', '+', '-', ':'),
    maxLength: 10,
  });

  test('antisymmetric', () => {
    fc.assert(
      fc.property(
        version,
        version,
        (a, b) =>
          rpmvercmp(a, b) === (-rpmvercmp(b, a) || 0) && compareEvr(a, b) === (-compareEvr(b, a) || 0),
      ),
    );
  });

  test('transitive', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [x = a, y = b, z = c] = [a, b, c].sort(compareEvr);
        expect(compareEvr(x, y)).toBeLessThanOrEqual(0);
        expect(compareEvr(y, z)).toBeLessThanOrEqual(0);
        expect(compareEvr(x, z)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('equal are those of the same runs, without leading zeros and separators', () => {
    const normal = (text: string) =>
      (text.match(/~|\^|[A-Za-z]+|[0-9]+/g) ?? []).map((run) => run.replace(/^0+(?=\d)/, '')).join(' ');
    fc.assert(fc.property(version, version, (a, b) => (rpmvercmp(a, b) === 0) === (normal(a) === normal(b))));
  });

  test('takes no longer for hostile texts', () => {
    expect(rpmvercmp('1.'.repeat(50_000), '1_'.repeat(50_000))).toBe(0);
    expect(rpmvercmp('0'.repeat(100_000).concat('1'), '1')).toBe(0);
  });
});
