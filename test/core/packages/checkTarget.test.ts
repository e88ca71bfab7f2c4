import { describe, expect, test } from 'vitest';
import { newTargetState } from '../../../src/core/builds/target.ts';
import type { OpenAdvisory } from '../../../src/core/evidence/openAdvisories.ts';
import { checkTarget } from '../../../src/core/packages/checkTarget.ts';
import type { PackageCheck } from '../../../src/core/packages/packageCheck.ts';
import { DAY } from '../../../src/core/words.ts';

const NOW = Date.UTC(2026, 10, 28);
const STATE = newTargetState({ template: 'python-ml', region: 'us-east-1', architecture: 'x86_64' });

const anOpen = (n: number, over: Partial<OpenAdvisory> = {}): OpenAdvisory => ({
  id: `ALAS2023-2026-${n}`,
  level: 'high',
  cves: [`CVE-2026-${4000 + n}`],
  exploited: [],
  packages: [{ name: 'nginx', installed: '1-1', fixed: '2-1' }],
  ...over,
});

const check = (open: readonly OpenAdvisory[], before?: PackageCheck, now = NOW) =>
  checkTarget({ state: STATE, amiId: 'ami-1', open, before, now });

/** The record that a check leaves. */
const left = (...args: Parameters<typeof check>): PackageCheck => {
  const write = check(...args).writes.find(({ kind }) => kind === 'package-check');
  if (write?.kind !== 'package-check') throw new Error('no record is left');
  return write.after;
};

describe('checkTarget', () => {
  test('raised epoch and record are one commit, each with its condition', () => {
    expect(check([anOpen(1)])).toMatchObject({
      raised: true,
      writes: [
        {
          kind: 'target',
          expects: 0,
          after: {
            revision: 1,
            packageEpoch: 1,
            epochRaised: {
              at: NOW,
              level: 'high',
              because:
                'its packages have holes that are fixed by now: ALAS2023-2026-1 (high: nginx; CVE-2026-4001)',
            },
          },
        },
        { kind: 'package-check', expects: null, after: { revision: 1, amiId: 'ami-1', checkedAt: NOW } },
      ],
    });
    const before = left([anOpen(1)]);
    expect(check([anOpen(1)], before)).toMatchObject({
      raised: false,
      writes: [{ kind: 'package-check', expects: 1, after: { revision: 2 } }],
    });
  });

  test('the record names all packages that builds have to upgrade on a base that stays, never fewer; pip does so itself', () => {
    const packages = (...names: string[]) => names.map((name) => ({ name, installed: '1-1', fixed: '2-1' }));
    const first = left([anOpen(1, { packages: packages('openssl', 'nginx', 'jinja2 (pip)') })]);
    expect(first.upgrade).toEqual(['nginx', 'openssl']);
    const quiet = left([], first, NOW + DAY);
    expect(quiet.upgrade).toEqual(['nginx', 'openssl']);
    const second = left([anOpen(2, { packages: packages('curl') })], quiet, NOW + 2 * DAY);
    expect(second.upgrade).toEqual(['curl', 'nginx', 'openssl']);
    expect(left([anOpen(3, { level: 'none' })]).upgrade).toBeUndefined();
  });

  test('what is hundreds of advisories with hundreds of CVEs still fits into a record and a sentence', () => {
    const cves = Array.from({ length: 600 }, (_, i) => `CVE-2026-${10_000 + i}`);
    const many = Array.from({ length: 500 }, (_, i) => anOpen(1_000 + i, { cves }));
    const { writes } = check(many);
    expect(JSON.stringify(writes).length).toBeLessThan(300_000);
    const record = left(many);
    expect(record.open).toHaveLength(200);
    expect(record.more).toBe(300);
    expect(record.asked).toHaveLength(500);
    const [target] = writes;
    const because = target?.kind === 'target' ? (target.after.epochRaised?.because ?? '') : '';
    expect(because.length).toBeLessThan(1_000);
    expect(because).toContain('and 594 more');
    expect(because).toMatch(/ and 496 more$/);
    // And none of them is news tomorrow, also those that are not kept.
    expect(check(many, record, NOW + DAY).raised).toBe(false);
  });

  test('what is not open any more is no news for half a year if it comes back', () => {
    const before = left([anOpen(1)]);
    const closed = left([], before, NOW + 100 * DAY);
    expect(check([anOpen(1)], closed, NOW + 101 * DAY).raised).toBe(false);
    const forgotten = left([], closed, NOW + 181 * DAY);
    expect(forgotten.asked).toEqual([]);
    expect(check([anOpen(1)], forgotten, NOW + 182 * DAY).raised).toBe(true);
  });

  test('what stays open is not forgotten', () => {
    const before = left([anOpen(1)]);
    const after = left([anOpen(1)], before, NOW + 400 * DAY);
    expect(after.asked.map(({ id }) => id)).toEqual(['ALAS2023-2026-1']);
  });

  test.each([
    ['medium', 'high', true],
    ['unknown', 'high', true],
    ['medium', 'unknown', true],
    ['high', 'critical', true],
    ['high', 'medium', false],
    ['critical', 'unknown', false],
  ] as const)('from %s to %s: a new reason is %s', (from, to, raised) => {
    const before = left([anOpen(1, { level: from })]);
    expect(check([anOpen(1, { level: to })], before).raised).toBe(raised);
  });
});
