import { describe, expect, test } from 'vitest';
import { type WindowKind, windowsOf } from '../../../src/core/decide/whenToStart.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import type { Trigger, Urgency } from '../../../src/core/words.ts';

type Row = readonly [
  urgency: Urgency,
  triggers: readonly Trigger[],
  preferOffPeak: boolean,
  popularOffPeakOnly: boolean,
  windows: readonly WindowKind[],
];

const HIGH = ['urgent', 'off-peak'] as const;

const ROWS: readonly Row[] = [
  ['critical', ['security'], true, true, []],
  ['critical', ['security'], false, true, []],
  ['high', ['security'], true, true, HIGH],
  // Its window is a key of its own: preferring off-peak or not says nothing of it.
  ['high', ['security'], false, true, HIGH],
  ['high', ['security'], false, false, HIGH],
  ['normal', ['security'], true, true, ['off-peak']],
  ['normal', ['security'], false, true, []],
  ['low', ['dependency'], false, true, []],
  ['normal', ['popularity'], true, true, ['off-peak']],
  // What can wait does: popular builds are no exception.
  ['normal', ['popularity'], true, false, ['off-peak']],
  ['normal', ['popularity'], false, true, ['off-peak']],
  ['normal', ['popularity'], false, false, []],
  ['normal', ['popularity', 'manual'], false, true, []],
];

describe('the windows a build waits for', () => {
  test.each(ROWS)(
    '%s for %j, prefer_off_peak %s, popularity.off_peak_only %s',
    (urgency, triggers, preferOffPeak, offPeakOnly, windows) => {
      const policy = { preferOffPeak, popularity: { ...DEFAULT_POLICY.popularity, offPeakOnly } };
      expect(windowsOf({ urgency, triggers }, policy)).toEqual(windows);
    },
  );
});
