import { expect, test } from 'vitest';
import type { PolicyContext } from '../../../src/core/policy/checks/checked.ts';
import { DAY } from '../../../src/core/words.ts';
import { acceptedKeys } from './accepted.ts';

const NOW = Date.parse('2026-11-28T12:00Z');
const MIDNIGHT = Date.parse('2026-11-28T00:00Z');
const DORMANCY = "dormancy: { fewer_launches_than: 3, within: '30 days' }";

test.each<[string, string, PolicyContext, RegExp | null]>([
  ['nothing was ever launched', DORMANCY, { now: NOW, lastLaunch: null }, /was told of no launch \(event/],
  [
    'nothing was launched for long',
    DORMANCY,
    { now: NOW, lastLaunch: MIDNIGHT - 30 * DAY },
    /was told of no launch in the last 30 days \(event/,
  ],
  ['something was launched in time', DORMANCY, { now: NOW, lastLaunch: MIDNIGHT - 29 * DAY }, null],
  ['no template is ever dormant', 'jitter: 1 minute', { now: NOW, lastLaunch: null }, null],
  ['the deployment is not known', DORMANCY, {}, null],
])('where %s', (_, keys, context, warning) => {
  const { warnings } = acceptedKeys(`mode: act\ntime_zone: UTC\n${keys}`, context);
  expect(warnings).toEqual(warning === null ? [] : [expect.stringMatching(warning)]);
});
