import { describe, expect, test } from 'vitest';
import type { ParseOptions } from '../../../src/core/policy/parsePolicy.ts';
import { HOUR } from '../../../src/core/words.ts';
import { acceptedKeys } from './accepted.ts';

/** What is said of keys in a policy that has a mode and a zone. */
const warningsOf = (keys: string, options?: ParseOptions): readonly string[] =>
  acceptedKeys(
    `mode: act\n${/^time_zone/mu.test(keys) ? '' : 'time_zone: UTC\n'}${keys}`,
    options,
  ).warnings.map((warning) => warning.replace(/^line \d+, column \d+: auto_ami_policy\.?/u, ''));

const TERM = 'calendar: { terms: [{ name: Fall 2027, start: 2027-08-23, end: 2027-12-10 }] }';
const GRANT =
  '{ id: nsf, limit: 100, start: 2027-01-01, end: 2027-06-30, owner: pi, shares: { python-ml: 1 } }';
const OWNERS_ARE_TOLD = 'security_updates: { notify_researchers: true }';

describe('what is accepted but cannot take effect as written', () => {
  test.each<[string, string, readonly string[], ParseOptions?]>([
    ['nothing to warn of', 'daily_budget: 25.00', []],
    [
      'a base image that is like one there is',
      'base_images: { golden: { parameter: "/{architecture}", like: rocky-9 } }',
      [],
    ],
    [
      'a base image that is like none',
      'base_images: { golden: { parameter: "/{architecture}", like: rokcy-9 } }',
      [
        'base_images.golden.like: there is no built-in base image "rokcy-9" (did you mean rocky-9?): it is like none: nothing tells what its updates fix, and every one of them is unknown',
      ],
    ],
    [
      'a seasonal schedule without a calendar',
      'seasonal_precompilation: { enabled: true, templates: [a] }',
      [
        'seasonal_precompilation: there is no calendar to count from: nothing is built ahead of a semester until calendar.terms says when one starts',
      ],
    ],
    [
      'a calendar that is over',
      `seasonal_precompilation: { enabled: true, schedule: 1 week before term start, templates: [a] }\n${TERM}`,
      [
        'seasonal_precompilation.schedule: every term of the calendar has started: nothing is built ahead of a semester until a coming one is added',
      ],
      { now: Date.parse('2027-09-01T00:00Z') },
    ],
    [
      'a calendar that is not over',
      `seasonal_precompilation: { enabled: true, templates: [a] }\n${TERM}`,
      [],
      { now: Date.parse('2027-08-01T00:00Z') },
    ],
    [
      'a season for no templates',
      `seasonal_precompilation: { enabled: true }\n${TERM}`,
      ['seasonal_precompilation: no templates are listed: nothing is built ahead of a semester'],
    ],
    [
      'a season that is not switched on',
      `seasonal_precompilation: { templates: [a] }\n${TERM}`,
      ['seasonal_precompilation: it does not say enabled: true: nothing is built ahead of a semester'],
    ],
    ['a season that is switched off', 'seasonal_precompilation: { enabled: false, templates: [a] }', []],
    [
      'templates that do not exist',
      `seasonal_precompilation: { enabled: true, templates: [python-bsic] }\n${TERM}\ntemplates: { r: { mode: act } }\n${OWNERS_ARE_TOLD}\ngrants: [${GRANT}]`,
      [
        'seasonal_precompilation.templates: there is no template "python-bsic" (did you mean python-basic?): it is left out until it exists',
        'templates.r: there is no template "r": what is said for it waits until it exists',
        'grants[0].shares.python-ml: there is no template "python-ml": nothing is booked for it until it exists',
      ],
      { knownTemplates: ['python-basic'] },
    ],
    [
      'regions that the deployment does not have',
      'region_priority: [us-west-2, us-west-1]\ntemplates: { a: { regions: [ap-south-1] } }',
      [
        'region_priority: there is no region "us-west-1" (did you mean us-west-2?): nothing is built there until the deployment has it',
        'templates.a.regions: there is no region "ap-south-1": nothing is built there until the deployment has it',
      ],
      { knownRegions: ['us-west-2'] },
    ],
    [
      'popularity that is off',
      'popularity: { enabled: false }\npopularity_threshold: 3',
      [
        'popularity_threshold: popularity is off (popularity.enabled is false): however often a template is launched, it is not built for that',
      ],
    ],
    [
      'a strategy that copies images',
      'strategy: auto\ntemplates: { a: { strategy: copy }, b: { strategy: build } }',
      [
        'strategy: this version does not copy images (strategy: auto): each region builds its own image, as with strategy: build',
        'templates.a.strategy: this version does not copy images (strategy: copy): each region builds its own image, as with strategy: build',
      ],
    ],
    [
      'a level that is off',
      'security_updates: { medium_action: "off", medium_window: 3 days }',
      [
        'security_updates.medium_window: medium updates are off (medium_action): they are reported, and nothing is rebuilt for them',
      ],
    ],
    [
      'a deadline shorter than an assumed build',
      'security_updates: { critical_window: 40 minutes }',
      [
        'security_updates.critical_window: 40 minutes is shorter than a build may take (45 minutes): critical builds start at once and are reported as infeasible when they arise',
      ],
    ],
    [
      'a deadline shorter than a learned build',
      'security_updates: { high_window: 2 hours, critical_window: immediate }',
      [
        'security_updates.high_window: 2 hours is shorter than a build may take (3 hours): high builds start at once and are reported as infeasible when they arise',
      ],
      { learnedDuration: 2 * HOUR },
    ],
    [
      'a deadline shorter than build and soak: critical ones do not soak',
      'security_updates: { critical_window: 1 hour, high_window: 1 hour }\nsoak: 30 minutes',
      [
        'security_updates.high_window: 1 hour is shorter than a build may take (45 minutes and 30 minutes of soak): high builds start at once and are reported as infeasible when they arise',
      ],
    ],
    [
      "a template's own soak that takes up what the levels leave",
      'templates: { slow: { soak: 24 hours }, fast: { soak: 1 hour } }',
      [
        'templates.slow.soak: a build and its soak may take 45 minutes and 24 hours, longer than high updates (24 hours) may take: its builds start at once for them and are reported as infeasible when they arise',
      ],
    ],
    [
      'a worse level with more time',
      'security_updates: { high_window: 2 hours }',
      [
        'security_updates.high_window: high updates have less time (2 hours) than critical ones (4 hours): each is used as it is',
      ],
    ],
    [
      'critical builds that wait for approve',
      'approve_emergency_builds: false',
      [
        'approve_emergency_builds: critical builds wait for approve, whatever their window of 4 hours: the deadline is missed if the approval comes too late',
      ],
    ],
    [
      'a window shorter than a build',
      'build_window: "02:00-02:30"',
      [
        'build_window: the window 02:00-02:30 UTC is shorter than a build may take (45 minutes): builds start in it and end after it has closed',
      ],
    ],
    [
      'a window too short for the jitter, in whose first half all builds start',
      'build_window: "22:00-23:00"\nurgent_window: "02:00-02:04"\njitter: 5 minutes',
      [
        'urgent_window: the window 02:00-02:04 UTC is shorter than a build may take (45 minutes): builds start in it and end after it has closed',
        'urgent_window: half of the window 02:00-02:04 UTC is shorter than the jitter of 5 minutes: builds start spread over its first 2 minutes',
      ],
    ],
    ['a window just long enough for the jitter', 'build_window: "22:00-23:00"\njitter: 30 minutes', []],
    [
      'a window that ends when it starts',
      'off_peak_window: "03:00-03:00"',
      ['off_peak_window: a window that ends when it starts: it is open all day (from 03:00) UTC'],
    ],
    ['a window that says all day', 'build_window: all day', []],
    [
      'summer in Australia',
      'time_zone: Australia/Sydney\nsemester_prep_window: summer',
      [
        'semester_prep_window: summer is taken for that of the northern hemisphere: it is from 06-01 to 08-31 until the policy says hemisphere: southern',
      ],
    ],
    [
      'summer in Australia, said',
      'time_zone: Australia/Sydney\nsemester_prep_window: summer\nhemisphere: southern',
      [],
    ],
    [
      'a hemisphere for nothing',
      'semester_prep_window: June-August\nhemisphere: southern',
      ['hemisphere: no season is given by a word such as summer: it changes nothing'],
    ],
    [
      'a budget for a season there is none of',
      'semester_prep_daily_budget: 100',
      ['semester_prep_daily_budget: there is no semester_prep_window: the daily_budget holds all year'],
    ],
    [
      'a daily budget of a season that is more than a month has by default',
      'semester_prep_window: June-August\nsemester_prep_daily_budget: 600',
      [
        'semester_prep_daily_budget: $600.00 a day is more than the $500.00 of the whole month: no day of the season has more than is left of the month, until monthly_budget is raised',
      ],
    ],
    [
      'a daily budget of a season within what a month has by default',
      'semester_prep_window: June-August\nsemester_prep_daily_budget: 500',
      [],
    ],
    [
      'a default that is more than the month has',
      'monthly_budget: 10',
      [
        "monthly_budget: no daily_budget is given, and the default of $25.00 is more than the month's: the daily budget is $10.00, as much as the month's",
      ],
    ],
    [
      'budgets of nothing',
      'daily_budget: 0\nmonthly_budget: 0\nemergency_budget: 0',
      [
        'daily_budget: it is $0.00: builds for high updates and popular templates are refused',
        'monthly_budget: it is $0.00: every build but those for critical updates is refused',
        'emergency_budget: it is $0.00: builds for critical updates are refused',
      ],
    ],
    [
      'budget tracking without grants',
      'budget_tracking: true',
      [
        'budget_tracking: there are no grants to book costs on: costs are booked on the budgets alone, per template, until grants are listed',
      ],
    ],
    [
      'grants without budget tracking',
      `budget_tracking: false\ngrants: [${GRANT}]`,
      ['grants: budget_tracking is false: nothing is booked on the grants'],
    ],
    [
      'a grant that is over',
      `${OWNERS_ARE_TOLD}\ngrants: [${GRANT}]`,
      ['grants[0]: the grant nsf ended on 2027-06-30: builds of python-ml are parked'],
      { now: Date.parse('2027-07-01T00:00Z') },
    ],
    [
      'a grant that is over and was taken over by one that overlapped it',
      `${OWNERS_ARE_TOLD}\ngrants: [${GRANT.replace('python-ml: 1', 'python-ml: 0.5')}, { id: nih, limit: 100, start: 2027-06-01, end: 2028-05-31, owner: pi, shares: { python-ml: 0.5 } }]`,
      [],
      { now: Date.parse('2027-07-01T00:00Z') },
    ],
    [
      'grants whose owners no notice reaches',
      `security_updates: { notify_researchers: false }\ngrants: [${GRANT}]`,
      [
        'grants: researchers are not notified (security_updates.notify_researchers): only admins are told of a grant that is empty or over, not its owner',
      ],
    ],
    [
      'grants of which nobody is told',
      `security_updates: { notify_researchers: false, notify_admins: false }\ngrants: [${GRANT}]`,
      [
        'grants: researchers are not notified (security_updates.notify_researchers): nobody is told of a grant that is empty or over, not its owner',
      ],
    ],
    [
      'a grant with nothing, for nothing',
      `${OWNERS_ARE_TOLD}\ngrants: [${GRANT.replace('100', '0').replace('python-ml: 1', '')}]`,
      [
        'grants[0]: the grant nsf has $0.00: builds it would pay for are parked',
        'grants[0]: the grant nsf has no shares: nothing is booked on it',
      ],
    ],
    [
      'instances that are not to be preserved',
      'preserve_running_instances: false',
      [
        'preserve_running_instances: running instances are never touched, whatever the policy says: they keep the image they run on, and stale-instances names them with their owners',
      ],
    ],
    ['how long replaced images are kept', 'retention: { deregister_after: 90 days }', []],
    [
      'no previous image to keep',
      'retention: { keep_previous: 0 }',
      [
        'retention.keep_previous: it is 0: the AMI that rollback returns to is neither disabled nor deregistered all the same',
      ],
    ],
    [
      'no image to remove on any day',
      'retention: { max_removals_per_day: 0 }',
      [
        'retention.max_removals_per_day: it is 0: AMIs that gave way are deprecated and disabled, and stay until somebody deregisters them',
      ],
    ],
    [
      'a notice to nobody',
      'notify_before_rebuild: true\nsecurity_updates: { notify_admins: false, notify_researchers: false }',
      [
        'notify_before_rebuild: nobody is notified: every notify_… key is false: rebuilds start without a word',
      ],
    ],
    [
      'a notice to all but researchers',
      'notify_before_rebuild: true\nsecurity_updates: { notify_researchers: false }',
      [
        'notify_before_rebuild: researchers are not notified (security_updates.notify_researchers is false): only the other audiences are told before a rebuild',
      ],
    ],
    [
      'a soak before a promotion by hand',
      'promotion: manual\nsoak: 1 hour',
      ['soak: promotion is manual: an AMI waits for promote, however long it has soaked'],
    ],
    [
      "a template's soak before its promotion by hand, whoever says which",
      'soak: 1 hour\ntemplates: { a: { promotion: manual, soak: 2 hours }, b: { promotion: manual }, c: { promotion: manual, soak: 0 minutes }, d: { soak: 2 hours } }',
      [
        'templates.a.soak: promotion is manual: an AMI waits for promote, however long it has soaked',
        'templates.b.promotion: promotion is manual: an AMI waits for promote, however long it has soaked',
      ],
    ],
    [
      "a template's soak before the promotion of all by hand",
      'promotion: manual\ntemplates: { a: { soak: 2 hours }, b: { promotion: automatic, soak: 2 hours } }',
      ['templates.a.soak: promotion is manual: an AMI waits for promote, however long it has soaked'],
    ],
    [
      "a template's threshold where popularity is off",
      'popularity: { enabled: false }\ntemplates: { a: { popularity_threshold: 3 } }',
      [
        'templates.a.popularity_threshold: popularity is off (popularity.enabled is false): however often a template is launched, it is not built for that',
      ],
    ],
  ])('%s', (_, keys, expected, options) => {
    expect(warningsOf(keys, options)).toEqual(expected);
  });
});

describe('what is defaulted', () => {
  const plain = (keys: string, options?: ParseOptions) => acceptedKeys(keys, options).warnings;

  test('a zone', () => {
    expect(plain('mode: act\nbuild_window: "01:00-05:00"')).toEqual([
      'line 3, column 3: auto_ami_policy.build_window: no time_zone is given: windows, days and months are counted in UTC',
    ]);
    expect(plain('mode: act\nbuild_window: "01:00-05:00 Europe/London"')).toEqual([
      'line 1, column 1: auto_ami_policy: no time_zone is given: days and months of budgets are counted in UTC',
    ]);
  });

  test('a mode', () => {
    expect(plain('time_zone: UTC')).toEqual([
      'line 1, column 1: auto_ami_policy: no mode is given: mode is observe: it decides and explains, but builds nothing until the policy says mode: act',
    ]);
  });
});

describe('what a template says of its own', () => {
  test('a mode where all are stopped', () => {
    expect(
      acceptedKeys(
        'mode: stopped\ntime_zone: UTC\ntemplates: { a: { mode: act }, b: { mode: stopped }, c: { soak: 1 hour } }',
      ).warnings,
    ).toEqual([
      'line 4, column 21: auto_ami_policy.templates.a.mode: the mode of all templates is stopped: this one is stopped too, and act when that is not so any more',
    ]);
  });
});
