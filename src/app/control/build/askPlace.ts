import { ask } from '../../../core/builds/ask.ts';
import { join, type BuildCause } from '../../../core/builds/enqueue.ts';
import type { Reason, RegionBuild } from '../../../core/builds/regionBuild.ts';
import { takenBack } from '../../../core/builds/takenBack.ts';
import type { TargetState } from '../../../core/builds/target.ts';
import { buildDurations } from '../../../core/decide/buildDurations.ts';
import { desiredImage } from '../../../core/decide/desiredImage.ts';
import { requestOf } from '../../../core/decide/requestOf.ts';
import { startsAtOnce } from '../../../core/decide/mustStart.ts';
import type { ResolvedTemplate } from '../../../core/template/template.ts';
import { type Instant, type Target, targetKey } from '../../../core/words.ts';
import type { Write } from '../../../core/writes.ts';
import type { Sha256 } from '../../../ports.ts';
import type { Gathered } from '../../gatherPlanInput.ts';

/** What a person wants of every place. */
export interface Wish {
  readonly template: ResolvedTemplate;
  readonly reason: Reason;
  readonly urgent: boolean;
  readonly force: boolean;
  readonly cause: BuildCause;
}

export type AskedPlace =
  | { readonly kind: 'up-to-date'; readonly target: Target; readonly because: string }
  | { readonly kind: 'impossible'; readonly target: Target; readonly because: string }
  /** Asked for under this name before: nothing more is to be written. */
  | { readonly kind: 'asked-before'; readonly target: Target; readonly regionBuild: RegionBuild }
  /** A build of exactly this image runs. */
  | {
      readonly kind: 'joined';
      readonly target: Target;
      readonly regionBuild: RegionBuild;
      readonly writes: readonly Write[];
    }
  | {
      readonly kind: 'queued' | 'merged';
      readonly target: Target;
      readonly regionBuild: RegionBuild;
      readonly writes: readonly Write[];
      /** A deadline that could not be met even by starting at once. */
      readonly infeasible: Instant | null;
    };

/**
 * What a person's wish for one place leads to. The same image is not made twice unless it is forced: what stands on it
 * is up to date, and what is being built to it is joined. Everything else waits in the queue.
 */
export function askPlace(target: Target, wish: Wish, gathered: Gathered, sha256: Sha256): AskedPlace {
  const { template, reason, urgent, force, cause } = wish;
  const { input, policy, targets } = gathered;
  const key = targetKey(target);
  const state = targets.get(key);
  const requested = requestOf(
    { target, reasons: [reason], urgent, forced: force },
    policy.policy,
    buildDurations(template, state?.durations ?? [], policy.policy).p90,
    input.now,
  );
  if (requested === undefined) throw new Error('a wish without a level asks for something in any policy');
  const there = (build: RegionBuild): boolean => targetKey(build) === key;
  const asked = ask(
    { ...requested.wish, policyVersion: policy.version },
    { target: state, queued: input.queue.find(there) },
    cause,
    policy.policy,
  );
  const same = force ? undefined : sameImage(template, asked.regionBuild, state, gathered, sha256);
  if (same?.active !== undefined)
    return { kind: 'up-to-date', target, because: `${same.active.amiId} stands on ${same.base}` };
  if (same?.running !== undefined) {
    const { running } = same;
    return { kind: 'joined', target, regionBuild: running, writes: join(running, [reason], cause) };
  }
  return { ...asked, target, infeasible: requested.infeasible };
}

/** What stands on the image that would be made, or is being built to it; undefined: neither. */
function sameImage(
  template: ResolvedTemplate,
  build: RegionBuild,
  state: TargetState | undefined,
  { input, policy }: Pick<Gathered, 'input' | 'policy'>,
  sha256: Sha256,
) {
  const desired = desiredImage(
    {
      template,
      architecture: build.architecture,
      packageEpoch: state?.packageEpoch ?? 0,
      choices: input.baseImagesOf(build),
      presses: startsAtOnce(build) || build.urgency === 'high',
    },
    policy.policy,
    input.now,
    sha256,
  );
  if (desired.kind !== 'image') return undefined;
  const active = state?.active?.fingerprint === desired.fingerprint ? state.active : undefined;
  const running = input.running.find(
    (other) =>
      targetKey(other) === targetKey(build) &&
      other.grant?.fingerprint === desired.fingerprint &&
      // What it makes is not promoted by itself any more: another one is made for those who ask now.
      takenBack(desired.fingerprint, other.reasons, state ?? {}) === undefined,
  );
  return { base: desired.base.imageName, active, running };
}
