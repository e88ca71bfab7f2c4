import { needsHistory } from '../decide/baseChoices.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import { pointerKey } from '../base-images/pointer.ts';
import { targetKey } from '../words.ts';
import { type Behind, behindOf, lastAskedFor } from './behind.ts';
import { keptTemplates, whyNot } from './keptTemplates.ts';
import { type Missing, missingIn } from './missing.ts';
import { oldBases } from './oldBases.ts';
import type { History, Passed, Situation } from './situation.ts';

/** Where something may be missing, and why nothing is asked for elsewhere. */
export interface FirstLook {
  readonly behind: readonly Behind[];
  /** Places that are behind and stay so, since failures in a row, or a person, paused their template. */
  readonly paused: readonly Behind[];
  readonly passed: readonly Passed[];
}

/**
 * Compares the images there should be (kept templates × regions × architectures, on the newest base images) with those
 * there are, by their fingerprints. Events play no part in it: whoever looks twice finds the same (design §3).
 */
export function whoIsBehind(situation: Situation): FirstLook {
  const behind: Behind[] = [];
  const paused: Behind[] = [];
  const passed: Passed[] = [];
  for (const template of keptTemplates(situation)) {
    const why = whyNot(template, situation);
    if (why !== undefined) {
      passed.push(why);
      if (why.rule === 'paused') paused.push(...behindOf(template, situation));
      continue;
    }
    const places = behindOf(template, situation);
    behind.push(...places);
    passed.push(...oldBases(template, places, situation));
  }
  return { behind, paused, passed };
}

/** What must be read to know why they are behind: nothing as long as nobody is. */
export function historyNeeded(
  { behind, paused }: FirstLook,
  { builtOn, targets, pointers, policy, now }: Situation,
): { readonly bases: readonly string[]; readonly regionBuilds: readonly string[] } {
  const bases = new Set<string>();
  const regionBuilds = new Set(paused.map(lastAskedFor).filter((id) => id !== undefined));
  for (const place of behind) {
    const { target, resolved, has } = place;
    const { region, architecture, template } = target;
    const pointer = pointers.get(pointerKey({ base: resolved.base, region, architecture }));
    const { minimumAge } = templatePolicy(policy, template);
    const moved = pointer !== undefined && has !== undefined && has.baseImageId !== pointer.imageId;
    if (moved || (pointer && needsHistory(pointer, { minimumAge, blockedImages: policy.blockedImages }, now)))
      bases.add(resolved.base);
    const parent = builtOn.get(template);
    const made = parent && targets.get(targetKey({ ...target, template: parent }))?.active?.regionBuild;
    if (made !== undefined) regionBuilds.add(made);
    const last = lastAskedFor(place);
    if (last !== undefined && place.queued === undefined) regionBuilds.add(last);
  }
  return { bases: [...bases], regionBuilds: [...regionBuilds] };
}

/** What is to be asked for, place by place; the same input gives the same. */
export function whatIsMissing({ behind }: FirstLook, history: History, situation: Situation): Missing[] {
  return behind.map((place) => missingIn(place, history, situation));
}
