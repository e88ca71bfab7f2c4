import { expect, test } from 'vitest';
import { ending, keptUntil } from '../../../src/core/announcements/announcement.ts';
import { newsOfBases } from '../../../src/core/announcements/newsOfBases.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { DAY } from '../../../src/core/words.ts';

// The last day of Amazon Linux 2023 is 30 June 2029.
test.each([
  ['too early', '2028-12-31', []],
  ['the first warning is due', '2029-01-02', [180]],
  ['two are due, the nearest is told', '2029-04-15', [90]],
  ['all are due', '2029-06-30', [30]],
  ['after the end', '2029-07-01', []],
])('%s', (_, day, days) => {
  const told = newsOfBases(DEFAULT_POLICY, Date.parse(`${day}T00:00:00Z`));
  expect(told.filter(({ base }) => base === 'amazon-linux-2023').map(({ key }) => key)).toEqual(
    days.map((ahead) => `end-of-life:amazon-linux-2023:2029-06-30:${ahead * DAY}`),
  );
});

test('a warning is remembered until after the end, however early it came', () => {
  const on = '2036-05-31';
  const warning = ending(
    { at: Date.parse('2027-01-01'), base: 'rocky-10', on, daysLeft: 3_438 },
    3_500 * DAY,
  );
  expect(keptUntil(warning)).toBeGreaterThan(Date.parse(on));
});
