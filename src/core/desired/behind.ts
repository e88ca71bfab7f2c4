import { type RegionBuild, regionBuildId } from '../builds/regionBuild.ts';
import { newTargetState, type TargetState } from '../builds/target.ts';
import { choicesFor } from '../decide/choicesFor.ts';
import { desiredImage } from '../decide/desiredImage.ts';
import { targetsOf } from '../decide/targetsOf.ts';
import type { ResolvedTemplate } from '../template/template.ts';
import { type Instant, type Target, targetKey } from '../words.ts';
import type { Situation, WantedTemplate } from './situation.ts';

/** A place in which a template does not have the newest image it could have. */
export interface Behind {
  readonly target: Target;
  readonly template: WantedTemplate;
  readonly resolved: ResolvedTemplate;
  readonly state: TargetState;
  /** False: the target was never recorded. */
  readonly stored: boolean;
  /** The image it has or is about to have: what runs for it, else what is active. */
  readonly has?: {
    readonly baseImageId: string;
    readonly fingerprint: string;
    readonly packageEpoch?: number;
    readonly at: Instant;
  };
  readonly queued?: RegionBuild;
  readonly running?: RegionBuild;
}

/** Where a template's images are not what a build started now would make, the newest base image taken for granted. */
export function behindOf(template: WantedTemplate, situation: Situation): Behind[] {
  const { policy, regions, resolution, builtOn, rootBases, targets, pointers } = situation;
  const resolved = resolution.templates.get(template.slug);
  if (resolved === undefined) return [];
  const ground = {
    resolved: resolution.templates,
    builtOn,
    targets,
    pointers,
    updates: new Map<string, never>(),
  };
  return targetsOf(resolved, rootBases.get(template.slug), policy, regions).flatMap((target) => {
    const place = placeOf(target, template, resolved, situation);
    const newest = desiredImage(
      {
        template: resolved,
        architecture: target.architecture,
        packageEpoch: place.state.packageEpoch,
        choices: choicesFor(target, ground),
        presses: true,
      },
      policy,
      situation.now,
      situation.sha256,
    );
    return newest.kind === 'image' && newest.fingerprint === place.has?.fingerprint ? [] : [place];
  });
}

function placeOf(
  target: Target,
  template: WantedTemplate,
  resolved: ResolvedTemplate,
  { targets, open }: Situation,
): Behind {
  const key = targetKey(target);
  const stored = targets.get(key);
  const state = stored ?? newTargetState(target);
  const here = open.get(key) ?? [];
  const queued = here.find(({ status }) => status === 'queued');
  const running = here.find(({ status }) => status !== 'queued');
  const has = running?.grant ?? state.active;
  return {
    target,
    template,
    resolved,
    state,
    stored: stored !== undefined,
    ...(has === undefined ? {} : { has }),
    ...(queued === undefined ? {} : { queued }),
    ...(running === undefined ? {} : { running }),
  };
}

/** The region build that was asked for last in a place; it may still be open. */
export function lastAskedFor({ target, state }: Behind): string | undefined {
  return state.sequence === 0 ? undefined : regionBuildId(target, state.sequence);
}
