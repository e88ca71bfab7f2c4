import { describe, expect, it } from 'vitest';
import { newsOfAmi } from '../../../src/core/announcements/newsOfAmi.ts';
import type { PromotionDue } from '../../../src/core/builds/promotionDue.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/core/policy/policy.ts';
import { HOUR } from '../../../src/core/words.ts';
import { anAmi, NOW } from '../builds/builders.ts';

const DEADLINE = NOW + 4 * HOUR;
const ACTS: Policy = { ...DEFAULT_POLICY, mode: 'act' };
const LATE_BY_MARGIN = DEADLINE + ACTS.startMargin;
const CANDIDATE = anAmi({ deadline: DEADLINE });
const waits = (until: number | null): PromotionDue => ({
  due: false,
  until,
  line: { at: NOW, rule: 'soak', because: 'it soaks' },
});
const SOAKS = waits(LATE_BY_MARGIN + 1);

describe('the deadline of an AMI that is not in use yet', () => {
  it.each([
    ['soaks longer', CANDIDATE, SOAKS, NOW, ['deadline-at-risk', 'it soaks']],
    ['soaks as long as a start in time may make it', CANDIDATE, waits(LATE_BY_MARGIN), NOW, []],
    ['waits for a person in time', CANDIDATE, waits(null), DEADLINE, []],
    ['waits for a person beyond it', CANDIDATE, waits(null), DEADLINE + 1, ['deadline-missed', 'it soaks']],
    ['is due', CANDIDATE, { due: true }, DEADLINE, []],
    [
      'is due, and nobody promoted it',
      CANDIDATE,
      { due: true },
      DEADLINE + 1,
      ['deadline-missed', 'ami-new was not promoted before'],
    ],
    [
      'is active, and not published',
      anAmi({ ...CANDIDATE, state: 'active' }),
      undefined,
      DEADLINE + 1,
      ['deadline-missed', 'ami-new is active, but its parameter does not read so yet'],
    ],
    ['was in use before', anAmi({ ...CANDIDATE, publishedAt: NOW }), undefined, DEADLINE + 1, []],
    ['has none that binds', anAmi(), SOAKS, DEADLINE + 1, []],
  ] as const)('where it %s', (_, ami, due, now, told) => {
    const news = newsOfAmi(ami, due, ACTS, now);
    expect(news.flatMap(({ kind, because }) => [kind, because])).toEqual(told);
  });

  it('is one promise of its place, whoever finds it broken', () => {
    expect(newsOfAmi(CANDIDATE, SOAKS, ACTS, DEADLINE + 1)).toMatchObject([
      {
        key: `deadline-missed:python-ml/us-east-1/x86_64:${DEADLINE}`,
        build: CANDIDATE.build,
        region: 'us-east-1',
      },
    ]);
  });

  it.each(['observe', 'stopped'] as const)('promises nothing in mode %s', (mode) => {
    expect(newsOfAmi(CANDIDATE, SOAKS, { ...ACTS, mode }, DEADLINE + 1)).toEqual([]);
  });
});
