import type { CancelAnswer } from '../../src/api/answers.ts';
import { tree } from '../text/tree.ts';
import { placeOf } from './regionBuildState.ts';

/** What was cancelled, and what could not be. */
export function cancelledView({ regionBuilds }: CancelAnswer, width: number): string[] {
  const count = regionBuilds.filter(({ outcome }) => outcome === 'cancelled').length;
  return [
    count === 0 ? 'Nothing to cancel: it had ended already' : `Cancelled ${count} of ${regionBuilds.length}`,
    ...tree(
      regionBuilds.map((build) => ({
        text: `${build.template} in ${placeOf(build)}: ${build.outcome === 'cancelled' ? 'cancelled' : `${build.status} before`}`,
      })),
      width,
    ),
  ];
}
