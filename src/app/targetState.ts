import type { TargetState } from '../core/builds/target.ts';
import { type Target, targetKey } from '../core/words.ts';
import type { Services } from '../ports.ts';

/**
 * What is true of a target that has or had a region build.
 * @throws Error if it was never recorded: the first region build of a target records it
 */
export async function targetState(
  place: Target,
  { targets }: Pick<Services, 'targets'>,
): Promise<TargetState> {
  const key = targetKey(place);
  const found = (await targets.of(place.template)).find((each) => targetKey(each) === key);
  if (found === undefined) throw new Error(`there is no target ${key}`);
  return found;
}
