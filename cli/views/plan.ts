import type { PlanAnswer, PlannedBuild, PlannedPromotion, PlannedRemoval } from '../../src/api/answers.ts';
import { dollars } from '../../src/core/money/dollars.ts';
import { potInWords } from '../../src/core/money/potKeys.ts';
import { oneLine } from '../text/clean.ts';
import { lookUp } from '../text/lookUp.ts';
import { counted, when, type Moment } from '../text/time.ts';
import { tree, type Branch } from '../text/tree.ts';
import { placeOf, signOf, stateInWords } from './regionBuildState.ts';

/** What each mode makes of the plan. */
const MODES = {
  stopped: 'nothing of it is done; mode act would do it',
  observe: 'nothing of it is done; mode act would do it',
  propose: 'each build waits for approval first',
  act: 'it is done as shown',
} as const;

/** What would be built, promoted and removed next, when, from which pot, with cost and reason. */
export function planView(answer: PlanAnswer, width: number): string[] {
  const { mode, builds, total, notAsked, promotions, removals, totalRemovals } = answer;
  const sections = [
    builds.length === 0
      ? ['Nothing to build: every image is as it should be, or nothing is asked for.']
      : section(
          total > builds.length ? `To build (the first ${builds.length} of ${total}):` : 'To build:',
          builds.map((build) => buildBranch(build, answer)),
          width,
        ),
    section(
      'To promote:',
      promotions.map((promotion) => ({ text: promotionInWords(promotion, answer) })),
      width,
    ),
    section(
      totalRemovals > removals.length
        ? `To remove (the first ${removals.length} of ${totalRemovals}):`
        : 'To remove:',
      removals.map((removal) => ({ text: removalInWords(removal, answer) })),
      width,
    ),
    section(
      'Not asked for:',
      notAsked.map((each) => ({ text: notAskedInWords(each) })),
      width,
    ),
    summary(answer),
  ];
  return [
    `PLAN (mode ${mode}: ${lookUp(MODES, mode, 'as that mode says')})`,
    ...sections.flatMap((lines) => (lines.length === 0 ? [] : ['', ...lines])),
  ];
}

function section(title: string, branches: readonly Branch[], width: number): string[] {
  return branches.length === 0 ? [] : [title, ...tree(branches, width)];
}

function buildBranch(build: PlannedBuild, moment: Moment): Branch {
  const { estimate, pots, reasons, asked, deadline, deadlineBinds } = build;
  const from = pots.map(potName).join(' and ');
  return {
    text: `${signOf(build)} ${build.template} in ${placeOf(build)}: ${stateInWords(build, moment)}`,
    below: [
      { text: `Why: ${reasons.map(({ because }) => oneLine(because)).join('; ')}` },
      ...(asked ? [] : [{ text: 'Not in the queue yet: the next look at what is missing asks for it' }]),
      {
        text:
          estimate === null
            ? `Cost not known, from ${from}`
            : `About ${dollars(estimate.expected)}, at most ${dollars(estimate.ceiling)}, from ${from}`,
      },
      ...(deadline === null || !deadlineBinds ? [] : [{ text: `Due ${when(deadline, moment)}` }]),
    ],
  };
}

/** A newer server may have pots of another kind. */
function potName(key: string): string {
  return /^(?:daily|monthly|urgent)#[\d-]+$|^grant:/.test(key) ? potInWords(key) : key;
}

function promotionInWords({ at, because, replaces, ...ami }: PlannedPromotion, moment: Moment): string {
  const instead = replaces === null ? '' : ` instead of ${replaces}`;
  const time = at === null ? 'when somebody promotes it' : when(at, moment);
  return `${ami.template} in ${placeOf(ami)}: ${ami.amiId}${instead}, ${time} (${oneLine(because)})`;
}

function removalInWords({ amiId, step, due, at, because, ...ami }: PlannedRemoval, moment: Moment): string {
  const time = due ? 'at the next daily look' : at === null ? 'not yet' : when(at, moment);
  return `${ami.template} in ${placeOf(ami)}: ${step} ${amiId}, ${time} (${oneLine(because)})`;
}

function notAskedInWords({ subject, because, saves }: PlanAnswer['notAsked'][number]): string {
  const why = because.includes(subject) ? oneLine(because) : `${subject}: ${oneLine(because)}`;
  return saves === undefined || saves === null ? why : `${why} (saves about ${dollars(saves)})`;
}

function summary(answer: PlanAnswer): string[] {
  const { estimate, total, nextChange, notAsked } = answer;
  const saved = notAsked.flatMap(({ saves }) => (saves === undefined ? [] : [saves]));
  const costs =
    estimate === null
      ? 'not known, since one price is not'
      : `about ${dollars(estimate.expected)} once, at most ${dollars(estimate.ceiling)}; keeping the images about ${dollars(estimate.monthly)} a month`;
  return [
    ...(total === 0 ? [] : [`Cost of ${counted(total, 'build')}: ${costs}`]),
    ...(saved.length === 0 ? [] : [savedInWords(saved)]),
    ...(nextChange === null ? [] : [`Next change: ${when(nextChange.at, answer)}`]),
  ];
}

/** What is not spent as long as dormant templates stay so; a price that nobody knows is left out, and said. */
function savedInWords(saved: readonly (number | null)[]): string {
  const known = saved.filter((cost) => cost !== null);
  const sum = dollars(known.reduce((total, cost) => total + cost, 0));
  const builds = counted(saved.length, 'build');
  return known.length === saved.length
    ? `Saved on dormant templates: about ${sum}, ${builds}`
    : `Saved on dormant templates: ${builds}, of which ${known.length} about ${sum}; the other prices are not known`;
}
