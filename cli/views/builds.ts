import type { BuildsAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { ago } from '../text/time.ts';
import { tree } from '../text/tree.ts';
import { placeOf, signOf, stateInWords } from './regionBuildState.ts';

/** Builds, newest first, each with its region builds. */
export function buildsView(answer: BuildsAnswer, width: number): string[] {
  if (answer.builds.length === 0) return ['BUILDS', '', 'None yet.'];
  return [
    'BUILDS',
    '',
    ...tree(
      answer.builds.map(({ id, because, requestedAt, regionBuilds }) => ({
        text: `${id}: ${oneLine(because)} (${ago(requestedAt, answer)})`,
        below: regionBuilds.map((build) => ({
          text: `${signOf(build)} ${placeOf(build)}: ${stateInWords(build, answer)}`,
        })),
      })),
      width,
    ),
  ];
}
