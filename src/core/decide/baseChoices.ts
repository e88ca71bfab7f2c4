import type { BaseImagePointer, BaseImageUpdate } from '../base-images/pointer.ts';
import type { TargetState } from '../builds/target.ts';
import { FIXED_AMI_BASE, type ResolvedTemplate } from '../template/template.ts';
import type { Instant, Place } from '../words.ts';
import type { BaseImageChoice } from './adoptBase.ts';

/** The images a base stands and stood at in a place, newest first: where its pointer is, and what was observed before. */
export function baseChoices(
  pointer: BaseImagePointer | undefined,
  updates: readonly BaseImageUpdate[],
): readonly BaseImageChoice[] {
  if (pointer === undefined) return [];
  const { region, architecture, base } = pointer;
  const newest = { ...image(pointer), since: pointer.imageCreatedAt ?? pointer.since };
  const observed = updates
    .filter((update) => update.base === base)
    .flatMap(({ observations }) => observations)
    .filter((seen) => seen.region === region && seen.architecture === architecture)
    .sort((a, b) => b.seenAt - a.seenAt);
  const first = observed.at(-1);
  const all = [
    newest,
    ...observed.map((seen) => ({ ...image(seen), since: seen.imageCreatedAt ?? seen.seenAt })),
    // What stood there before the first change that was observed: since when, only its own date can tell.
    ...(first === undefined
      ? []
      : [
          {
            imageId: first.previousImageId,
            imageName: first.previousImageName,
            release: first.previousRelease,
            since: first.previousImageCreatedAt ?? 0,
          },
        ]),
  ];
  const known = new Set<string>();
  return all.filter(({ imageId }) => !known.has(imageId) && known.add(imageId));
}

/** A template built on another's AMI has one choice: the AMI that one stands on here, if there is one. */
export function parentChoice(
  parent: string,
  { active, lastFailure }: Pick<TargetState, 'active' | 'lastFailure'>,
): readonly BaseImageChoice[] {
  if (active === undefined) return [];
  const choice = {
    imageId: active.amiId,
    imageName: parent,
    release: active.baseRelease,
    since: active.at,
  };
  return lastFailure === undefined ? [choice] : [{ ...choice, noneNewer: parentFailed(parent, lastFailure) }];
}

/** Why a template has no newer image of the template it is built on. */
export function parentFailed(parent: string, { reason }: NonNullable<TargetState['lastFailure']>): string {
  return `the build of ${parent} failed: ${reason}`;
}

/** A template of ready-made AMIs (`ami_config`) names the one of each place itself; undefined for all others. */
export function fixedChoice(
  { base, amiConfig }: Pick<ResolvedTemplate, 'base' | 'amiConfig'>,
  { region, architecture }: Place,
): readonly BaseImageChoice[] | undefined {
  if (base !== FIXED_AMI_BASE) return undefined;
  const imageId = amiConfig?.amis[region]?.[architecture];
  return imageId === undefined ? [] : [{ imageId, imageName: imageId, release: imageId, since: 0 }];
}

/** Whether the newest image could be passed over, so that what was there before must be known. */
export function needsHistory(
  { imageId, since, imageCreatedAt }: BaseImagePointer,
  rules: { readonly minimumAge: number; readonly blockedImages: readonly { readonly imageId: string }[] },
  now: Instant,
): boolean {
  return (
    (imageCreatedAt ?? since) + rules.minimumAge > now ||
    rules.blockedImages.some((blocked) => blocked.imageId === imageId)
  );
}

function image({ imageId, imageName, release }: Omit<BaseImageChoice, 'since'>) {
  return { imageId, imageName, release };
}
