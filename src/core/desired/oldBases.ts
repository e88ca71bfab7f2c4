import { parentFailed } from '../decide/baseChoices.ts';
import { targetsOf } from '../decide/targetsOf.ts';
import { type Target, targetKey } from '../words.ts';
import type { Behind } from './behind.ts';
import type { Passed, Situation, WantedTemplate } from './situation.ts';

/** "It keeps its old base, saying so, if the parent fails" (design §4, Triggers): where nothing else is wrong with it. */
export function oldBases(
  { slug }: WantedTemplate,
  behind: readonly Behind[],
  { policy, regions, resolution, rootBases, builtOn, targets }: Situation,
): Passed[] {
  const resolved = resolution.templates.get(slug);
  const parent = builtOn.get(slug);
  if (resolved === undefined || parent === undefined) return [];
  const elsewhere = new Set(behind.map(({ target }) => targetKey(target)));
  return targetsOf(resolved, rootBases.get(slug), policy, regions).flatMap((target) => {
    const subject = targetKey(target);
    const { active } = targets.get(subject) ?? {};
    const why = whyParentFailed(target, { builtOn, targets });
    if (elsewhere.has(subject) || active === undefined || why === undefined) return [];
    const because = `it keeps its base ${active.baseImageId}, an older image of ${parent}, since ${why}`;
    return [{ subject, rule: 'parent-failed', because }];
  });
}

/** Why the template that a target is built on has no newer image there, or none; undefined: its last build did not fail. */
export function whyParentFailed(
  target: Target,
  { builtOn, targets }: Pick<Situation, 'builtOn' | 'targets'>,
): string | undefined {
  const parent = builtOn.get(target.template);
  if (parent === undefined) return undefined;
  const failure = targets.get(targetKey({ ...target, template: parent }))?.lastFailure;
  return failure && parentFailed(parent, failure);
}
