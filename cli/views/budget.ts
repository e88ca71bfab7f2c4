import type { BudgetAnswer, PotAnswer } from '../../src/api/answers.ts';
import { dollars } from '../../src/core/money/dollars.ts';
import { oneLine } from '../text/clean.ts';
import { table, type Column } from '../text/table.ts';
import { counted, stamp, when } from '../text/time.ts';
import { tree, type Branch } from '../text/tree.ts';
import { placeOf, waitSaid } from './regionBuildState.ts';

const COLUMNS: readonly Column[] = [
  { title: 'POT' },
  { title: 'LIMIT' },
  { title: 'SPENT' },
  { title: 'HELD' },
  { title: 'LEFT' },
  { title: 'FORECAST' },
  { title: 'UNTIL' },
  { title: 'OWNER', mayBeCut: true },
];

/** Pots with their forecast, what is held for what runs, and what is parked until when. */
export function budgetView(answer: BudgetAnswer, width: number): string[] {
  const { pots, reservations, parked } = answer;
  return [
    'BUDGET',
    '',
    ...table(
      COLUMNS,
      pots.map((pot) => [
        pot.key.replace('#', ' ').replace(':', ' '),
        ...[pot.limit, pot.settled, pot.reserved, pot.left, pot.forecast.total].map(dollars),
        when(pot.endsAt, answer),
        pot.owner ?? '',
      ]),
      width,
    ),
    ...pots.flatMap((pot) => warningsOf(pot, answer)),
    ...section(
      'Held for what runs:',
      reservations.map(({ amount, attempt, since, ...build }) => ({
        text: `${build.template} in ${placeOf(build)}: ${dollars(amount)} for attempt ${attempt}, since ${stamp(since, answer.zone)} ${answer.zone}`,
      })),
      width,
    ),
    ...section(
      'Parked:',
      parked.map(({ because, amount, until, ...build }) => ({
        text: `${build.template} in ${placeOf(build)}: ${dollars(amount)}, ${until === null ? 'until somebody helps' : `until ${when(until, answer)}`}: ${waitSaid(because).because}`,
      })),
      width,
    ),
    ...keepingLines(answer),
    ...dormantLines(answer),
  ];
}

function warningsOf({ key, overrun, forecast }: PotAnswer, answer: BudgetAnswer): string[] {
  const { short, emptyAt } = forecast;
  return [
    ...(overrun > 0 ? [`⚠️ ${key}: ${dollars(overrun)} was spent above what was held`] : []),
    ...(short > 0
      ? [`⚠️ ${key}: about ${dollars(short)} more will be wanted than it holds; that is parked`]
      : []),
    ...(emptyAt === null ? [] : [`⚠️ ${key}: empty ${when(emptyAt, answer)} at the pace so far`]),
  ].map(oneLine);
}

function section(title: string, branches: readonly Branch[], width: number): string[] {
  return branches.length === 0 ? [] : ['', title, ...tree(branches, width)];
}

function keepingLines({ keeping: { images, monthly } }: BudgetAnswer): string[] {
  if (images === 0) return [];
  const cost = monthly === null ? 'nobody knows what' : `about ${dollars(monthly)}`;
  return ['', `Keeping ${counted(images, 'image')} costs ${cost} a month, from no pot.`];
}

function dormantLines({ dormant: { builds, saves } }: BudgetAnswer): string[] {
  if (builds === 0) return [];
  const cost = saves === null ? 'nobody knows what' : `about ${dollars(saves)}`;
  return [
    '',
    `Dormant templates save ${cost}: ${counted(builds, 'rebuild')} not asked for (\`cws templates auto-ami plan\` names them).`,
  ];
}
