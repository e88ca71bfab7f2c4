import { expect, test } from 'vitest';
import { acceptedKeys } from './accepted.ts';

const PREFER = /^line \d+, column \d+: auto_ami_policy\.?/u;

const HIGH_WAITS =
  'prefer_off_peak: it frees what would wait for the build_window, and nothing else: builds for high updates still wait for the urgent_window (20:00-06:00 UTC), while less urgent ones start at once';
const POPULAR_WAITS =
  'prefer_off_peak: popularity.off_peak_only is true: builds for popular templates still wait for the build_window';

test.each<[string, string, readonly string[]]>([
  ['off-peak is not preferred', 'prefer_off_peak: false', [HIGH_WAITS, POPULAR_WAITS]],
  [
    'popular builds are freed too',
    'prefer_off_peak: false\npopularity: { off_peak_only: false }',
    [HIGH_WAITS],
  ],
  [
    'every hour is an urgent one',
    'prefer_off_peak: false\npopularity: { off_peak_only: false }\nurgent_window: "00:00-00:00"',
    [],
  ],
  ['no template is popular', 'prefer_off_peak: false\npopularity: { enabled: false }', [HIGH_WAITS]],
  [
    'popular builds alone are to be freed',
    'popularity: { off_peak_only: false }',
    [
      'popularity.off_peak_only: it is false while prefer_off_peak is true: builds for popular templates wait for the build_window, as all that can wait do',
    ],
  ],
  ['off-peak is preferred, as by default', 'prefer_off_peak: true', []],
])('warned of when %s', (_, keys, expected) => {
  const { warnings } = acceptedKeys(`mode: act\ntime_zone: UTC\n${keys}`);
  expect(warnings.map((warning) => warning.replace(PREFER, ''))).toEqual(expected);
});
