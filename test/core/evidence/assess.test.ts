import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from '../../../src/core/evidence/assess.ts';
import type { Assessment } from '../../../src/core/evidence/assessment.ts';
import type { Findings } from '../../../src/core/evidence/assess.ts';
import { hasRisen, mergeAssessments } from '../../../src/core/evidence/mergeAssessments.ts';
import { highestLevel } from '../../../src/core/evidence/advisory.ts';
import { aComparison, aFixedAdvisory, al2023, aRelease, someFindings } from './builders.ts';

const summary = ({ type, level, confidence }: Assessment) => [type, level, confidence];
const judge = (findings: Partial<Findings>, comparison = aComparison()) =>
  assess(comparison, someFindings(findings));

const nextQuarter = aComparison({ to: al2023('2023.11.20260406') });
const nextKernel = aComparison({ to: al2023('2023.10.20260120', '6.12') });
const goingBack = aComparison({ to: al2023('2023.9.20251208') });

describe('assess', () => {
  test.each<[string, Partial<Findings>, ReturnType<typeof aComparison> | undefined, string[]]>([
    ['a fixed advisory is security', {}, undefined, ['security', 'high', 'exact']],
    [
      'without a CVE as well',
      { fixed: [aFixedAdvisory({ cves: [], level: 'medium' })] },
      undefined,
      ['security', 'medium', 'exact'],
    ],
    [
      'the highest level counts',
      { fixed: [aFixedAdvisory({ level: 'low' }), aFixedAdvisory({ id: 'B', level: 'critical' })] },
      undefined,
      ['security', 'critical', 'exact'],
    ],
    [
      'an unknown severity is never silently low',
      { fixed: [aFixedAdvisory({ level: 'low' }), aFixedAdvisory({ id: 'B', level: 'unknown' })] },
      undefined,
      ['security', 'unknown', 'exact'],
    ],
    [
      'known exploitation raises to critical',
      { fixed: [aFixedAdvisory({ level: 'low' })], exploited: new Set(['CVE-2026-1000']) },
      undefined,
      ['security', 'critical', 'exact'],
    ],
    [
      'changed packages without an advisory are maintenance',
      { fixed: [] },
      undefined,
      ['maintenance', 'none', 'exact'],
    ],
    [
      'so is nothing at all, though no feed answered',
      { changes: [], fixed: null },
      undefined,
      ['maintenance', 'none', 'exact'],
    ],
    ['a new quarter is a feature', { fixed: [] }, nextQuarter, ['feature', 'none', 'exact']],
    ['another kernel stream is a feature', { fixed: [] }, nextKernel, ['feature', 'none', 'exact']],
    ['security comes before feature', {}, nextQuarter, ['security', 'high', 'exact']],
    ['a pointer that goes back is a rollback', { fixed: [] }, goingBack, ['rollback', 'none', 'exact']],
    [
      'changed packages and no feed are unknown',
      { fixed: null },
      undefined,
      ['unknown', 'unknown', 'unknown'],
    ],
    [
      'no lists and no feed are unknown',
      { changes: null, fixed: null },
      undefined,
      ['unknown', 'unknown', 'unknown'],
    ],
    [
      'a gap without advisories is unknown',
      { fixed: [], gaps: ['a page is missing'] },
      undefined,
      ['unknown', 'unknown', 'unknown'],
    ],
    [
      'a gap beside advisories makes the level a lower bound',
      { gaps: ['a page is missing'] },
      undefined,
      ['security', 'high', 'unknown'],
    ],
    [
      'a new quarter is seen without any data, its level not',
      { changes: null, fixed: null },
      nextQuarter,
      ['feature', 'unknown', 'unknown'],
    ],
    [
      'a rollback without data too',
      { changes: null, fixed: null },
      goingBack,
      ['rollback', 'unknown', 'unknown'],
    ],
    [
      'what was put together is inferred',
      { reconstructed: true },
      undefined,
      ['security', 'high', 'inferred'],
    ],
    [
      'what dates decide is inferred',
      { fixed: [aFixedAdvisory({ by: 'date' })] },
      undefined,
      ['security', 'high', 'inferred'],
    ],
    [
      'what dates do not decide is exact',
      { fixed: [aFixedAdvisory(), aFixedAdvisory({ id: 'B', level: 'low', by: 'date' })] },
      undefined,
      ['security', 'high', 'exact'],
    ],
    [
      "by our own build's list it is inferred",
      { method: 'inference', changes: null },
      undefined,
      ['security', 'high', 'inferred'],
    ],
    [
      'nothing open in our build is maintenance, inferred',
      { method: 'inference', changes: null, fixed: [] },
      undefined,
      ['maintenance', 'none', 'inferred'],
    ],
  ])('%s', (_, findings, comparison, expected) => {
    expect(summary(judge(findings, comparison))).toEqual(expected);
  });

  test('a point release of Rocky is a feature', () => {
    const comparison = aComparison({
      from: aRelease('rocky-9', 'Rocky-9-EC2-Base-9.5-20241118.0.x86_64'),
      to: aRelease('rocky-9', 'Rocky-9-EC2-Base-9.6-20250531.0.x86_64'),
    });
    expect(summary(judge({ method: 'inference', changes: null, fixed: [] }, comparison))).toEqual([
      'feature',
      'none',
      'inferred',
    ]);
  });

  test('the whole answer', () => {
    const sources = [{ name: 'updateinfo', state: 'answered', detail: 'read 65 advisories' }] as const;
    expect(judge({ sources, exploited: new Set(['CVE-2026-1000']) })).toEqual({
      type: 'security',
      level: 'critical',
      confidence: 'exact',
      packages: [{ name: 'libxml2', before: '2.10.4-1.amzn2023.0.14', after: '2.10.4-1.amzn2023.0.15' }],
      advisories: [{ ...aFixedAdvisory(), level: 'critical', exploited: ['CVE-2026-1000'] }],
      reopened: [],
      cves: ['CVE-2026-1000'],
      exploited: ['CVE-2026-1000'],
      changelogUrl: 'https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.10.20260120.html',
      recalled: false,
      sources,
      because: ['1 advisory is fixed'],
      incomplete: false,
    });
  });

  test('a feed that did not answer leaves the assessment incomplete', () => {
    const sources = [{ name: 'kev', state: 'down', detail: 'connection refused' }] as const;
    expect(judge({ sources, exploited: null })).toMatchObject({ level: 'high', incomplete: true, sources });
  });

  test('no data is never a known level', () => {
    const gaps = fc.array(fc.constant('something is missing'), { maxLength: 1 });
    fc.assert(
      fc.property(gaps, fc.constantFrom('lists', 'inference'), fc.boolean(), (missing, method, answered) => {
        const result = judge({ method, changes: null, fixed: answered ? [] : null, gaps: missing });
        if (missing.length > 0 || !answered) expect(result.level).toBe('unknown');
      }),
    );
  });
});

describe('assessed again', () => {
  const maintenance = judge({ fixed: [] });
  const security = judge({});
  const unknown = judge({ fixed: null });

  test.each<[string, Assessment, Assessment, string[], boolean]>([
    ['an advisory that came later raises', maintenance, security, ['security', 'high', 'exact'], true],
    ['a feed that is down lowers nothing', security, unknown, ['security', 'high', 'exact'], false],
    [
      'a feed that lost an advisory lowers nothing',
      security,
      maintenance,
      ['security', 'high', 'exact'],
      false,
    ],
    ['unknown gives way to what is known', unknown, maintenance, ['maintenance', 'none', 'exact'], false],
    ['and to security', unknown, security, ['security', 'high', 'exact'], true],
    [
      'exploitation that becomes known raises',
      security,
      judge({ exploited: new Set(['CVE-2026-1000']) }),
      ['security', 'critical', 'exact'],
      true,
    ],
    [
      'an advisory that is downgraded stays',
      security,
      judge({ fixed: [aFixedAdvisory({ level: 'low' })] }),
      ['security', 'high', 'exact'],
      false,
    ],
    [
      'unknown severity becomes known',
      judge({ fixed: [aFixedAdvisory({ level: 'unknown' })] }),
      judge({ fixed: [aFixedAdvisory({ level: 'low' })] }),
      ['security', 'low', 'exact'],
      false,
    ],
  ])('%s', (_, previous, next, expected, risen) => {
    const merged = mergeAssessments(previous, next);
    expect(summary(merged)).toEqual(expected);
    expect(hasRisen(previous, merged)).toBe(risen);
  });

  test('what both found is united', () => {
    const first = judge({ fixed: [aFixedAdvisory({ by: 'date', cves: ['CVE-2026-1000'], feeds: ['rss'] })] });
    const second = judge({
      fixed: [
        aFixedAdvisory({ cves: ['CVE-2026-1001'] }),
        aFixedAdvisory({ id: 'ALAS2023-2026-2', level: 'low', cves: [] }),
      ],
    });
    const merged = mergeAssessments(first, second);
    expect(merged.advisories.map(({ id, cves, by, feeds }) => [id, cves, by, feeds])).toEqual([
      ['ALAS2023-2026-1', ['CVE-2026-1000', 'CVE-2026-1001'], 'version', ['rss', 'updateinfo']],
      ['ALAS2023-2026-2', [], 'version', ['updateinfo']],
    ]);
    expect(merged.cves).toEqual(['CVE-2026-1000', 'CVE-2026-1001']);
  });

  const assessment = fc
    .record({
      fixed: fc.option(
        fc.uniqueArray(
          fc.record({
            id: fc.constantFrom('A', 'B', 'C'),
            level: fc.constantFrom('critical', 'high', 'medium', 'low', 'unknown'),
          }),
          { selector: ({ id }) => id },
        ),
      ),
      exploited: fc.constantFrom(new Set<string>(), new Set(['CVE-2026-1000'])),
      gaps: fc.constantFrom([], ['something is missing']),
    })
    .map(({ fixed, ...rest }) => judge({ ...rest, fixed: fixed?.map((one) => aFixedAdvisory(one)) ?? null }));

  test('a known level never falls', () => {
    fc.assert(
      fc.property(assessment, assessment, (previous, next) => {
        const { level } = mergeAssessments(previous, next);
        if (previous.level !== 'unknown') expect(highestLevel([previous.level, level])).toBe(level);
      }),
    );
  });

  test('doing it twice changes nothing', () => {
    fc.assert(
      fc.property(assessment, assessment, (previous, next) => {
        const once = mergeAssessments(previous, next);
        expect(mergeAssessments(once, next)).toEqual(once);
      }),
    );
  });
});
