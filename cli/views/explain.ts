import type { AttemptAnswer, ExplainAnswer } from '../../src/api/answers.ts';
import { dollars } from '../../src/core/money/dollars.ts';
import { oneLine } from '../text/clean.ts';
import { stamp, when } from '../text/time.ts';
import { tree, type Branch } from '../text/tree.ts';
import { placeOf, signOf, stateInWords } from './regionBuildState.ts';

type RegionBuildStory = ExplainAnswer['regionBuilds'][number];

/** The story of a build from the first hint to the AMI, region by region. */
export function explainView(answer: ExplainAnswer, width: number): string[] {
  const { build, regionBuilds } = answer;
  return [
    `BUILD ${build.id}`,
    `Template: ${build.template}`,
    `Asked for: ${stamp(build.requestedAt, answer.zone)} ${answer.zone}, because ${oneLine(build.because)}`,
    '',
    ...tree(
      regionBuilds.map((regionBuild) => ({
        text: `${signOf(regionBuild)} ${placeOf(regionBuild)}: ${stateInWords(regionBuild, answer)}`,
        below: story(regionBuild, answer),
      })),
      width,
    ),
  ];
}

function story(build: RegionBuildStory, answer: ExplainAnswer): Branch[] {
  const { reasons, deadline, deadlineBinds, level, urgency, pot, failure } = build;
  return [
    { text: `Region build: ${build.id}` },
    {
      text: 'Why',
      below: reasons.map(({ because, trigger, actor }) => ({
        text: `${oneLine(because)} [${trigger}${actor === null ? '' : `, ${actor}`}]`,
      })),
    },
    {
      text: `${level === 'none' ? 'Urgency' : `Level ${level}, urgency`} ${urgency}, paid from the ${pot} pot`,
    },
    ...(deadline === null || !deadlineBinds ? [] : [{ text: `Due ${when(deadline, answer)}` }]),
    ...build.attemptHistory.map((attempt) => ({ text: attemptInWords(attempt, answer) })),
    ...(failure?.log == null ? [] : [{ text: `Log: ${failure.log}` }]),
    ...(build.story.length === 0
      ? []
      : [
          {
            text: `Story (times in ${answer.zone})`,
            below: build.story.map(({ at, rule, because }) => ({
              text: `${stamp(at, answer.zone)} ${ruleInWords(rule, because)}`,
            })),
          },
        ]),
  ];
}

/** `promoted: ami-1 is the active AMI`; a sentence that begins with its rule needs no other name. */
function ruleInWords(rule: string, because: string): string {
  const sentence = oneLine(because);
  return sentence.startsWith(`${rule} `) || sentence.startsWith(`${rule}:`)
    ? sentence
    : `${rule}: ${sentence}`;
}

function attemptInWords(
  { attempt, grantedAt, reserved, cost, pots, outcome }: AttemptAnswer,
  answer: ExplainAnswer,
): string {
  const paid = cost === null ? `${dollars(reserved)} held` : `${dollars(cost)} of ${dollars(reserved)} spent`;
  return `Attempt ${attempt}, ${stamp(grantedAt, answer.zone)}: ${outcome ?? 'under way'}, ${paid} in ${pots.join(' and ')}`;
}
