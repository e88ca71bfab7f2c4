import { expect, test } from 'vitest';
import { potPeriod } from '../../../src/core/money/potPeriod.ts';
import { aPolicy } from '../decide/builders.ts';

const iso = (key: string, zone: string) => {
  const period = potPeriod(key, aPolicy({ zone }));
  return period && [period.start, period.end].map((t) => new Date(t).toISOString());
};

test.each([
  ['daily#2026-11-24', 'UTC', '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'],
  // The day on which clocks go back has 25 hours.
  ['daily#2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
  ['monthly#2026-12', 'UTC', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['urgent#2026-11', 'America/New_York', '2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z'],
])('%s in %s', (key, zone, start, end) => expect(iso(key, zone)).toEqual([start, end]));

test('a grant that the policy does not name has none', () =>
  expect(iso('grant:gone', 'UTC')).toBeUndefined());
