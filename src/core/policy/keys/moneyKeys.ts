import { WHOLE_SHARE } from '../policy.ts';
import { list, located } from '../reading/list.ts';
import { key, required, type Reader } from '../reading/reader.ts';
import { isScalar } from 'yaml';
import { dollars, truth } from '../reading/scalars.ts';
import { mapOf, section } from '../reading/section.ts';
import { line, slug, templateName } from './names.ts';
import { date } from './timeReaders.ts';

/** Part of a cost, in basis points: `0.25` or `"25%"`, to a hundredth of a percent. */
const share: Reader<number> = {
  expected: 'a share above 0 and up to 1, such as 0.25 or "25%"',
  schema: {
    anyOf: [
      { type: 'number', exclusiveMinimum: 0, maximum: 1 },
      { type: 'string', pattern: '^\\d{1,3}(\\.\\d{1,2})?%$' },
    ],
  },
  read: (spot, reading) => {
    const written = isScalar(spot.node) ? spot.node.source : '';
    const [, whole = '', fraction = '', percent] = /^(\d{1,3})(?:\.(\d{1,4}))?(%)?$/u.exec(written) ?? [];
    const digits = percent === undefined ? 4 : 2;
    const points = Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0'));
    if (whole !== '' && fraction.length <= digits && points > 0 && points <= WHOLE_SHARE) return points;
    const percentMeant = /^\d+$/u.test(written) && Number(written) > 1 && Number(written) <= 100;
    reading.refuse(spot, share.expected, percentMeant ? `did you mean "${written}%"?` : null);
    return undefined;
  },
};

const grant = section({
  id: required(slug, 'Name of the grant; its pot is grant:ID.'),
  limit: required(dollars, 'What may be booked on it, in US dollars.'),
  start: required(date, 'First day on which builds may be booked on it.'),
  end: required(date, 'Last day.'),
  owner: required(
    line,
    'Named in what admins, and researchers if notified, are told when it is empty or over.',
  ),
  shares: required(
    mapOf(templateName, 'template names with their shares', share),
    'Templates paid by it, each with the part of its cost.',
  ),
});

export const moneyKeys = {
  daily_budget: key(dollars, 'US dollars that builds may cost on one day.'),
  semester_prep_daily_budget: key(dollars, 'The daily budget in the semester_prep_window, if it is another.'),
  monthly_budget: key(
    dollars,
    'US dollars that builds may cost in a calendar month; 20 times the daily budget otherwise.',
  ),
  emergency_budget: key(
    dollars,
    'US dollars a month for critical security updates alone; 2.5 times the daily budget otherwise.',
  ),
  urgent_budget: key(dollars, 'Another name for emergency_budget.'),
  approve_emergency_builds: key(
    truth,
    'true: critical builds are paid without asking; false: they wait for approve.',
  ),
  max_cost: key(dollars, 'A region build that may cost more than this is refused.'),
  budget_tracking: key(truth, 'Book the cost of every build on the grants too.'),
  grants: key(
    list(located(grant), { of: 'grants', identity: ({ id }) => id, atMost: 500 }),
    'Grants that pay for templates.',
  ),
} as const;
