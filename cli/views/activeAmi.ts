import type { ActiveAmiAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { tree } from '../text/tree.ts';
import { placeOf } from './regionBuildState.ts';

/** Which candidates became the active AMIs. */
export function promotedView(answer: ActiveAmiAnswer, width: number): string[] {
  return placesView(answer, 'Promoted', 'Nothing to promote', width);
}

/** Which AMIs are active again. */
export function rolledBackView(answer: ActiveAmiAnswer, width: number): string[] {
  return placesView(answer, 'Rolled back', 'Nothing to roll back to', width);
}

function placesView(
  { template, places }: ActiveAmiAnswer,
  done: string,
  nothing: string,
  width: number,
): string[] {
  const changed = places.filter(({ amiId }) => amiId !== null).length;
  return [
    changed === 0 ? `${nothing} for ${template}` : `${done} ${template} in ${changed} of ${places.length}`,
    ...tree(
      places.map((place) => ({ text: `${placeOf(place)}: ${placeInWords(place)}` })),
      width,
    ),
  ];
}

function placeInWords({ amiId, left, because, published }: ActiveAmiAnswer['places'][number]): string {
  if (amiId === null) return `– ${oneLine(because)}`;
  const instead = left === null ? '' : ` instead of ${left}`;
  return `✓ ${amiId} is the active AMI${instead}, ${published ? 'published' : 'to be published within minutes'}`;
}
