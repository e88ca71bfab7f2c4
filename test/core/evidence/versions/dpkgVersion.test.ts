import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDpkg } from '../../../../src/core/evidence/versions/dpkgVersion.ts';

/** The cases of dpkg's own test suite (scripts/t/Dpkg_Version.t, 2026-08): two versions and their order. */
const DPKG_TABLE = `
  1.0-1 2.0-2 -1
  2.2~rc-4 2.2-1 -1
  2.2-1 2.2~rc-4 1
  1.0000-1 1.0-1 0
  1 0:1 0
  0 0:0-0 0
  2:2.5 1:7.5 1
  1:0foo 0foo 1
  0:0foo 0foo 0
  0foo 0foo 0
  0foo-0 0foo 0
  0foo 0foo-0 0
  0foo 0fo 1
  0foo-0 0foo+ -1
  0foo~1 0foo -1
  0foo~foo+Bar 0foo~foo+bar -1
  0foo~~ 0foo~ -1
  1~ 1 -1
  12345+that-really-is-some-ver-0 12345+that-really-is-some-ver-10 -1
  0foo-0 0foo-01 -1
  0foo.bar 0foobar 1
  0foo.bar 0foo1bar 1
  0foo.bar 0foo0bar 1
  0foo1bar-1 0foobar-1 -1
  0foo2.0 0foo2 1
  0foo2.0.0 0foo2.10.0 -1
  0foo2.0 0foo2.0.0 -1
  0foo2.0 0foo2.10 -1
  0foo2.1 0foo2.10 -1
  1.09 1.9 0
  1.0.8+nmu1 1.0.8 1
  3.11 3.10+nmu1 1
  0.9j-20080306-4 0.9i-20070324-2 1
  1.2.0~b7-1 1.2.0~b6-1 1
  1.011-1 1.06-2 1
  0.0.9+dfsg1-1 0.0.8+dfsg1-3 1
  4.6.99+svn6582-1 4.6.99+svn6496-1 1
  53 52 1
  0.9.9~pre122-1 0.9.9~pre111-1 1
  2:2.3.2-2+lenny2 2:2.3.2-2 1
  1:3.8.1-1 3.8.GA-1 1
  1.0.1+gpl-1 1.0.1-2 1
  1a 1000a -1
`;

const rows = DPKG_TABLE.trim()
  .split('\n')
  .map((row) => row.trim().split(' '))
  .map(([a = '', b = '', order = '']) => [a, b, Number(order)] as const);

describe('compareDpkg', () => {
  test('the table is whole', () => {
    expect(rows).toHaveLength(43);
  });

  test.each(rows)('%s against %s: %d', (a, b, order) => {
    expect(compareDpkg(a, b)).toBe(order);
    expect(compareDpkg(b, a)).toBe(-order || 0);
  });

  test.each([
    // lib/dpkg/t/t-version.c: parts, several dashes and colons, spaces around.
    ['0-00', '00-0', 0],
    ['1:2-3', '1:2-3', 0],
    ['0-0', '1:0-0', -1],
    ['a-0', 'b-0', -1],
    ['0-a', '0-b', -1],
    ['0:0', '0', 0],
    ['0:0-0-0', '0-0-0', 0],
    ['0:0:0-0', '0:0:0-0', 0],
    ['0:09azAZ.-+~:-0', '09azAZ.-+~:-0', 0],
    ['  \t0:0-1', '0-1', 0],
    ['0:0-1\t  ', '0-1', 0],
    ['3.0.13-0ubuntu3.3', '3.0.13-0ubuntu3.4', -1],
    ['1:9.6p1-3ubuntu13.9', '1:9.6p1-3ubuntu13.13', -1],
  ])('%s against %s: %d', (a, b, order) => {
    expect(compareDpkg(a, b)).toBe(order);
  });

  test.each([
    // The sorted lists of Dpkg_Version.t.
    [['0~999.999zeta', '0.0-0.0alpha0', '0:1.0-0', '5.0abc', '10.100.1-1', '4:4-4']],
    [['0~999.999zeta', '0.0alpha0', '1.0', '4', '5.0abc', '10.100.1']],
  ])('%j is sorted', (sorted) => {
    expect(sorted.toReversed().sort(compareDpkg)).toEqual(sorted);
  });
});

describe('the order of dpkg versions is a total one', () => {
  const version = fc.string({
    unit: fc.constantFrom('0', '1', '9', 'a', 'Z', '.', '~', '+', '-', ':', '\u03b1'),
    maxLength: 10,
  });

  test('antisymmetric', () => {
    fc.assert(fc.property(version, version, (a, b) => compareDpkg(a, b) === (-compareDpkg(b, a) || 0)));
  });

  test('transitive', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [x = a, y = b, z = c] = [a, b, c].sort(compareDpkg);
        expect(compareDpkg(x, y)).toBeLessThanOrEqual(0);
        expect(compareDpkg(y, z)).toBeLessThanOrEqual(0);
        expect(compareDpkg(x, z)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('equal versions stay equal to every other', () => {
    const zeros = fc.nat(3).map((count) => '0'.repeat(count));
    fc.assert(
      fc.property(version, version, zeros, (a, b, padding) => {
        const padded = a.replace(/\d+/g, (digits) => `${padding}${digits}`);
        expect(compareDpkg(padded, a)).toBe(0);
        expect(compareDpkg(padded, b)).toBe(compareDpkg(a, b));
      }),
    );
  });

  test('takes no longer for hostile texts', () => {
    expect(compareDpkg('1.'.repeat(50_000), '01.'.repeat(50_000))).toBe(0);
  });
});
