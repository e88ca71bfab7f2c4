import { type BaseImagePointer, type BaseImageUpdate, pointerKey } from '../base-images/pointer.ts';
import type { TargetState } from '../builds/target.ts';
import type { BlockedImage } from '../policy/policy.ts';
import type { ResolvedTemplate } from '../template/template.ts';
import { type Target, targetKey } from '../words.ts';
import type { BaseImageChoice } from './adoptBase.ts';
import { baseChoices, fixedChoice, parentChoice } from './baseChoices.ts';

/** What decides which images a build of a place may stand on. */
export interface ChoiceGround {
  readonly resolved: ReadonlyMap<string, ResolvedTemplate>;
  /** Slug of the template whose AMI each is built on. */
  readonly builtOn: ReadonlyMap<string, string>;
  /** By target key. */
  readonly targets: ReadonlyMap<string, Pick<TargetState, 'active' | 'lastFailure'>>;
  /** By pointer key. */
  readonly pointers: ReadonlyMap<string, BaseImagePointer>;
  /** Histories by base image; absent where only the newest image counts. */
  readonly updates: ReadonlyMap<string, readonly BaseImageUpdate[]>;
}

/** The images a build of this target may stand on, newest first: its parent's AMI, its own fixed one, or its base's. */
export function choicesFor(target: Target, ground: ChoiceGround): readonly BaseImageChoice[] {
  const template = ground.resolved.get(target.template);
  if (template === undefined) return [];
  const parent = ground.builtOn.get(target.template);
  if (parent !== undefined)
    return parentChoice(parent, ground.targets.get(targetKey({ ...target, template: parent })) ?? {});
  const { region, architecture } = target;
  const pointer = ground.pointers.get(pointerKey({ base: template.base, region, architecture }));
  return fixedChoice(template, target) ?? baseChoices(pointer, ground.updates.get(template.base) ?? []);
}

/**
 * The choices of a target that stands on one of them already: however young that is, nothing older replaces it, unless
 * it is blocked. Otherwise the minimum age would take back what an urgent build has adopted.
 */
export function notOlderThan(
  standsOn: string | undefined,
  newestFirst: readonly BaseImageChoice[],
  blocked: readonly BlockedImage[],
): readonly BaseImageChoice[] {
  const own = newestFirst.find(({ imageId }) => imageId === standsOn);
  if (own === undefined || blocked.some(({ imageId }) => imageId === own.imageId)) return newestFirst;
  return [...newestFirst.slice(0, newestFirst.indexOf(own)), { ...own, since: 0 }];
}
