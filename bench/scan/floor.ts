import { placesIn } from '../../src/aws/base-images/place.ts';
import type { TrackedBaseImage } from '../../src/core/base-images/trackedBaseImage.ts';

/** Parameters that one GetParameters takes. */
const PARAMETERS_PER_CALL = 10;

/**
 * The fewest requests that tell whether anything has changed: a service answers for its own region only, GetParameters
 * takes ten names, and one DescribeImages takes all owners and patterns. Public parameters raise no event.
 */
export function scanFloor(
  regions: readonly string[],
  bases: readonly TrackedBaseImage[],
): ReadonlyMap<string, number> {
  const places = regions.map((region) => placesIn(region, bases));
  const sum = (of: (place: (typeof places)[number]) => number) =>
    places.reduce((all, each) => all + of(each), 0);
  return new Map([
    [
      'ssm GetParameters',
      sum(({ parameters }) =>
        Math.ceil(new Set(parameters.map(({ parameter }) => parameter)).size / PARAMETERS_PER_CALL),
      ),
    ],
    ['ec2 DescribeImages', sum(({ filters }) => Math.min(1, filters.length))],
  ]);
}
