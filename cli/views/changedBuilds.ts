import type { ApproveAnswer, PrioritizeAnswer, RegionBuildAnswer } from '../../src/api/answers.ts';
import { lookUp } from '../text/lookUp.ts';
import type { Moment } from '../text/time.ts';
import { tree } from '../text/tree.ts';
import { placeOf, signOf, stateInWords } from './regionBuildState.ts';

const APPROVED = {
  approved: 'approved',
  'approved-already': 'approved before',
  'not-needed': 'needs no approval',
  'closed-already': 'has ended',
} as const;

/** What an approver's yes has led to. */
export function approvedView(answer: ApproveAnswer, width: number): string[] {
  const count = answer.regionBuilds.filter(({ outcome }) => outcome === 'approved').length;
  return [
    count === 0
      ? 'Nothing here waits for approval'
      : `Approved ${count} of ${answer.regionBuilds.length}: each starts as soon as its time and its money allow`,
    ...changed(answer, APPROVED, width),
  ];
}

const PRIORITIZED = {
  changed: 'another place in the queue',
  unchanged: 'has this priority',
  'started-already': 'has started',
  'closed-already': 'has ended',
} as const;

/** What another priority has led to. */
export function prioritizedView(answer: PrioritizeAnswer, width: number): string[] {
  const count = answer.regionBuilds.filter(({ outcome }) => outcome === 'changed').length;
  return [
    count === 0 ? 'Nothing to change' : `Priority changed for ${count} of ${answer.regionBuilds.length}`,
    ...changed(answer, PRIORITIZED, width),
  ];
}

interface Changed extends Moment {
  readonly regionBuilds: readonly (RegionBuildAnswer & { readonly outcome: string })[];
}

function changed(
  { regionBuilds, ...moment }: Changed,
  words: Readonly<Record<string, string>>,
  width: number,
): string[] {
  return tree(
    regionBuilds.map((build) => ({
      text: `${signOf(build)} ${build.template} in ${placeOf(build)}: ${lookUp(words, build.outcome, build.outcome)}; ${stateInWords(build, moment)}`,
    })),
    width,
  );
}
