import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { policyFile } from '../../../src/core/policy/keys/policyKeys.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/core/policy/policy.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/words.ts';
import { accepted, acceptedKeys } from './accepted.ts';

const text = (path: string): string => readFileSync(path, 'utf8');

describe('the default policy', () => {
  test('written out it is the default, without a warning', () => {
    expect(accepted(text('docs/policies/default.yaml'))).toEqual({ policy: DEFAULT_POLICY, warnings: [] });
  });

  test('saying nothing means the same', () => {
    expect(accepted('auto_ami_policy: {}').policy).toEqual(DEFAULT_POLICY);
  });

  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(DEFAULT_POLICY))).toEqual(DEFAULT_POLICY);
  });
});

test('a policy with every key there is', () => {
  const source = text('test/core/policy/everything.yaml');
  const { policy } = accepted(source);
  const written = (policyFile.inner ?? []).map(({ path }) => path.split('.').at(-1)!);
  const synonyms = ['off_peak_window', 'urgent_budget'];
  expect(
    written.filter((key) => !synonyms.includes(key) && !new RegExp(`\\b${key}:`, 'u').test(source)),
  ).toEqual([]);
  expect(policy).toEqual({
    mode: 'act',
    zone: 'America/New_York',
    perLevel: {
      critical: { window: 'immediate', action: 'approve' },
      high: { window: 12 * HOUR, action: 'approve' },
      medium: { window: 3 * DAY, action: 'off' },
      low: { window: 14 * DAY, action: 'auto' },
      unknown: { window: 30 * HOUR, action: 'approve' },
    },
    treatUnknownAs: 'high',
    notify: {
      audiences: { admins: false, instructors: true, students: true, researchers: true },
      beforeRebuild: true,
    },
    securityWindow: null,
    popularityThreshold: 12,
    popularity: {
      enabled: false,
      window: 14 * DAY,
      offPeakOnly: false,
      priorityPerLaunch: 2,
      mostPriority: 40,
    },
    dormancy: { launches: 2, window: 45 * DAY },
    windows: {
      offPeak: [
        { start: 60, end: 300, zone: 'America/New_York', season: null },
        { start: 720, end: 810, zone: 'Asia/Kolkata', season: null },
        { start: 0, end: 0, zone: 'America/New_York', season: { from: '12-01', to: '02-29' } },
      ],
      urgent: [
        { start: 1320, end: 0, zone: 'Europe/London', season: null },
        { start: 0, end: 0, zone: 'America/New_York', season: { from: '12-01', to: '02-29' } },
      ],
    },
    preferOffPeak: false,
    jitter: 90 * SECOND,
    semesterPrep: { season: { from: '12-01', to: '02-29' }, words: 'summer' },
    seasonal: {
      enabled: true,
      lead: 10 * DAY,
      anchor: 'term-start',
      templates: ['python-ml', 'r-research'],
      terms: [
        {
          name: 'Fall 2027',
          start: '2027-08-23',
          end: '2027-12-10',
          startsAt: Date.parse('2027-08-23T00:00-04:00'),
          endsAt: Date.parse('2027-12-11T00:00-05:00'),
        },
        {
          name: 'Spring 2028',
          start: '2028-01-10',
          end: '2028-05-05',
          startsAt: Date.parse('2028-01-10T00:00-05:00'),
          endsAt: Date.parse('2028-05-06T00:00-04:00'),
        },
      ],
    },
    budgets: {
      daily: 40_250_000,
      semesterPrepDaily: 80_000_000,
      monthly: 1_000_000_001,
      urgent: 123_450_000,
      approveEmergency: false,
    },
    maxCost: 9_500_000,
    budgetTracking: false,
    grants: [
      {
        id: 'nsf-2145678',
        limit: 5_000_000_000,
        start: '2027-01-01',
        end: '2027-12-31',
        startsAt: Date.parse('2027-01-01T00:00-05:00'),
        endsAt: Date.parse('2028-01-01T00:00-05:00'),
        owner: 'pi@example.edu',
        shares: { 'python-ml': 6_000, 'r-research': 3_333 },
      },
    ],
    preserveRunningInstances: true,
    regionPriority: ['us-west-2', 'us-east-1'],
    regions: null,
    slotsPerRegion: 4,
    strategy: 'auto',
    priorities: { manual: 5, security: 4, popularity: 3, scheduled: 2, dependency: 1 },
    highPriority: 4,
    unboundDeadline: 21 * DAY,
    startMargin: MINUTE,
    safetyFactor: 2,
    assumedDuration: 20 * MINUTE,
    maximumDuration: 90 * MINUTE,
    maxAttempts: 5,
    retryBackoff: MINUTE,
    retryFailedAfter: 3 * HOUR,
    maxFailures: 4,
    minimumAge: 2 * DAY,
    blockedImages: [
      { imageId: 'ami-0123456789abcdef0', reason: 'blocked by the policy' },
      { imageId: 'ami-12345678', reason: 'boots into rescue mode' },
    ],
    promotion: 'manual',
    soak: HOUR,
    retention: {
      deprecateAfter: 2 * DAY,
      disableAfter: 3 * DAY,
      deregisterAfter: 4 * DAY,
      keepPrevious: 2,
      maximumRemovalsPerDay: 5,
    },
    baseImages: [
      {
        name: 'campus-golden',
        source: {
          kind: 'own-parameter',
          parameters: { x86_64: '/golden/campus/x86_64', arm64: '/golden/campus/arm64' },
        },
        architectures: ['x86_64', 'arm64'],
        like: 'rocky-9',
        operatingSystem: null,
        endOfLife: null,
      },
      {
        name: 'vendor',
        source: { kind: 'public-parameter', parameters: { arm64: '/aws/service/vendor/arm64/latest' } },
        architectures: ['arm64'],
        like: null,
        operatingSystem: null,
        endOfLife: '2031-05-31',
      },
      {
        name: 'other',
        source: { kind: 'own-parameter', parameters: { x86_64: '/golden/other' } },
        architectures: ['x86_64'],
        like: null,
        operatingSystem: null,
        endOfLife: null,
      },
      {
        name: 'appliance',
        source: { kind: 'filter', owner: '123456789012', nameFilter: 'appliance-*' },
        architectures: ['x86_64'],
        like: null,
        operatingSystem: 'rhel',
        endOfLife: null,
      },
    ],
    endOfLifeWarnings: [365 * DAY, 30 * DAY],
    evidence: {
      sources: Object.fromEntries(
        [
          ['amazon_linux', 'al'],
          ['ubuntu', 'ubuntu'],
          ['osv', 'osv'],
          ['cisa_kev', 'kev'],
        ].map(([name, folder], index) => [
          name,
          {
            enabled: false,
            baseUrl: `https://mirror.example.edu/${folder!}`,
            timeout: (5 + index) * SECOND,
            maximumBytes: (100 + index) * 1_000_000,
          },
        ]),
      ) as Policy['evidence']['sources'],
      reassessFor: 5 * DAY,
    },
    templates: {
      'python-ml': {
        mode: 'propose',
        popularityThreshold: 3,
        securityWindow: 14 * DAY,
        minimumAge: 0,
        strategy: 'copy',
        promotion: 'automatic',
        soak: 30 * MINUTE,
        maxCost: 1,
        regions: ['eu-west-1'],
      },
      'Python Machine Learning (Simplified)': {},
    },
  } satisfies Policy);
});

describe('what is not said follows what is', () => {
  const budgets = (keys: string) => acceptedKeys(keys).policy.budgets;

  test.each([
    ['daily_budget: 10.00', { daily: 10e6, semesterPrepDaily: 10e6, monthly: 200e6, urgent: 25e6 }],
    ['daily_budget: 0.000001', { daily: 1, semesterPrepDaily: 1, monthly: 20, urgent: 2 }],
    ['monthly_budget: 10.00', { daily: 10e6, semesterPrepDaily: 10e6, monthly: 10e6, urgent: 25e6 }],
    ['monthly_budget: 1000', { daily: 25e6, semesterPrepDaily: 25e6, monthly: 1000e6, urgent: 62.5e6 }],
    ['urgent_budget: 7.07', { daily: 25e6, semesterPrepDaily: 25e6, monthly: 500e6, urgent: 7.07e6 }],
  ])('%s', (keys, expected) => {
    expect(budgets(keys)).toEqual({ ...expected, approveEmergency: true });
  });

  test.each([
    ['0.1', 100_000],
    ['0.29', 290_000],
    ['1.005', 1_005_000],
    ['9999999.999999', 9_999_999_999_999],
    ['10000000', 10_000_000_000_000],
    ['+3', 3_000_000],
    ['007.50', 7_500_000],
  ])('%s dollars are exact', (written, amount) => {
    expect(acceptedKeys(`max_cost: ${written}`).policy.maxCost).toBe(amount);
  });

  test('an unknown level is treated as another, unless it says its own', () => {
    const levels = (keys: string) => acceptedKeys(`security_updates: {${keys}}`).policy;
    expect(levels('treat_unknown_as: critical, critical_window: immediate').perLevel.unknown).toEqual({
      window: 'immediate',
      action: 'auto',
    });
    expect(levels('treat_unknown_as: low').perLevel.unknown).toEqual({ window: 30 * DAY, action: 'approve' });
    expect(levels('unknown_action: approve').perLevel.unknown).toEqual({
      window: 7 * DAY,
      action: 'approve',
    });
    expect(levels('treat_unknown_as: high').treatUnknownAs).toBe('high');
  });

  test('a window has the zone of the policy, unless it has its own', () => {
    const { windows } = acceptedKeys('time_zone: asia/kolkata\nurgent_window: "20:00-06:00 UTC"').policy;
    expect(windows.offPeak).toEqual([
      {
        start: 120,
        end: 360,
        zone: expect.stringMatching(/^Asia\/(Kolkata|Calcutta)$|^asia\/kolkata$/u),
        season: null,
      },
    ]);
    expect(windows.urgent).toEqual([{ start: 1200, end: 360, zone: 'UTC', season: null }]);
  });

  test('researchers hear of rebuilds beforehand, unless they are left out', () => {
    const { notify } = acceptedKeys(
      'notify_before_rebuild: true\nsecurity_updates: { notify_researchers: false }',
    ).policy;
    expect(notify.audiences.researchers).toBe(false);
  });

  test('the deployed mode stays when the file names none', () => {
    const { policy, warnings } = acceptedKeys('time_zone: UTC', { currentMode: 'act' });
    expect(policy.mode).toBe('act');
    expect(warnings).toEqual([
      'line 1, column 1: auto_ami_policy: no mode is given: the deployed mode stays: act',
    ]);
  });
});

describe('windows can be written in several ways', () => {
  test.each([
    ['"1:00-5:00"', [[60, 300]]],
    ['01:00 - 05:00', [[60, 300]]],
    ['"01:00–05:00"', [[60, 300]]],
    ['"01:00 to 05:00"', [[60, 300]]],
    ['"22:30-24:00"', [[1350, 0]]],
    ['"00:00-24:00"', [[0, 0]]],
    ['all day', [[0, 0]]],
    ['{ start: "20:00", end: "24:00" }', [[1200, 0]]],
    [
      '["01:00-02:00", "03:00-04:00"]',
      [
        [60, 120],
        [180, 240],
      ],
    ],
  ])('%s', (written, expected) => {
    const { offPeak } = acceptedKeys(`build_window: ${written}`).policy.windows;
    expect(offPeak.map(({ start, end }) => [start, end])).toEqual(expected);
  });
});

describe('seasons can be written in several ways', () => {
  test.each([
    ['summer', 'northern', '06-01', '08-31'],
    ['Winter', 'northern', '12-01', '02-29'],
    ['spring', 'northern', '03-01', '05-31'],
    ['fall', 'northern', '09-01', '11-30'],
    ['autumn', 'southern', '03-01', '05-31'],
    ['summer', 'southern', '12-01', '02-29'],
    ['June-August', 'northern', '06-01', '08-31'],
    ['nov to feb', 'northern', '11-01', '02-29'],
    ['July', 'northern', '07-01', '07-31'],
    ['05-15 to 08-20', 'northern', '05-15', '08-20'],
  ])('%s, %s', (written, hemisphere, from, to) => {
    const { semesterPrep } = acceptedKeys(
      `semester_prep_window: ${written}\nhemisphere: ${hemisphere}`,
    ).policy;
    expect(semesterPrep).toEqual({ season: { from, to }, words: written });
  });
});

describe('schedules can be written in several ways', () => {
  test.each([
    ['2 weeks before semester start', 14 * DAY],
    ['2 weeks before the start of the semester', 14 * DAY],
    ['10 days before each term starts', 10 * DAY],
    ['1 week and 2 days ahead of the quarter', 9 * DAY],
    ['36 hours before trimester', 36 * HOUR],
  ])('%s', (written, lead) => {
    const { seasonal } = acceptedKeys(`seasonal_precompilation: { schedule: "${written}" }`).policy;
    expect(seasonal).toMatchObject({ lead, anchor: 'term-start' });
  });
});
