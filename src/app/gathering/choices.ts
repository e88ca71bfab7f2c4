import { pointerKey, type BaseImagePointer, type BaseImageUpdate } from '../../core/base-images/pointer.ts';
import type { BaseImageChoice } from '../../core/decide/adoptBase.ts';
import { needsHistory } from '../../core/decide/baseChoices.ts';
import { choicesFor, notOlderThan } from '../../core/decide/choicesFor.ts';
import { templatePolicy } from '../../core/policy/templatePolicy.ts';
import type { ResolvedTemplate } from '../../core/template/template.ts';
import { type Instant, type Target, targetKey } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import type { Catalogue } from './catalogue.ts';

/** The images that a build of a target may stand on, newest first. */
export type Choices = (target: Target) => readonly BaseImageChoice[];

/**
 * Reads what these targets may stand on. Earlier images are read only for bases whose newest one might be passed over:
 * most plans read none.
 */
export async function readChoices(
  targets: readonly Target[],
  catalogue: Catalogue,
  now: Instant,
  { baseImages }: Pick<Services, 'baseImages'>,
): Promise<Choices> {
  const { policy } = catalogue.policy;
  const wanted = new Set<string>();
  for (const target of targets) {
    const template = catalogue.resolution.templates.get(target.template);
    const pointer = template && pointerOf(target, template, catalogue);
    if (pointer === undefined) continue;
    const { minimumAge } = templatePolicy(policy, target.template);
    if (needsHistory(pointer, { minimumAge, blockedImages: policy.blockedImages }, now))
      wanted.add(pointer.base);
  }
  const read = [...wanted].map(async (base) => [base, await baseImages.updates(base)] as const);
  const histories = new Map(await Promise.all(read));
  return (target) => choicesOf(target, catalogue, histories);
}

function choicesOf(
  target: Target,
  { policy, resolution, builtOn, targets, pointers }: Catalogue,
  updates: ReadonlyMap<string, readonly BaseImageUpdate[]>,
): readonly BaseImageChoice[] {
  const choices = choicesFor(target, { resolved: resolution.templates, builtOn, targets, pointers, updates });
  const standsOn = targets.get(targetKey(target))?.active?.baseImageId;
  return notOlderThan(standsOn, choices, policy.policy.blockedImages);
}

function pointerOf(
  { region, architecture }: Target,
  { base }: ResolvedTemplate,
  { pointers }: Pick<Catalogue, 'pointers'>,
): BaseImagePointer | undefined {
  return pointers.get(pointerKey({ base, region, architecture }));
}
