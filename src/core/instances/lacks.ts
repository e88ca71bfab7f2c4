import type { BaseImageUpdate } from '../base-images/pointer.ts';
import type { ActiveAmi, Ami, TargetState } from '../builds/target.ts';
import { effectiveLevel } from '../decide/urgencyOf.ts';
import { movesBetween } from '../desired/baseMoves.ts';
import type { PackageCheck } from '../packages/packageCheck.ts';
import type { Policy } from '../policy/policy.ts';
import { type Instant, SECURITY_LEVELS, type SecurityLevel } from '../words.ts';

/** What an older AMI of a target lacks of what is fixed in the active one. */
export interface Lacks {
  /** The worst of all of it. */
  readonly level: SecurityLevel;
  /** CVEs fixed by updates of its base image, as far as they were assessed. */
  readonly cves: readonly string[];
  /** Advisories about its own packages for which it was rebuilt since. */
  readonly advisories: readonly string[];
}

/** What is known of a target's base image and packages. */
export interface LackGround {
  readonly target: Pick<TargetState, 'active' | 'epochRaised'>;
  /** Of the base image it rests on at last. */
  readonly updates: readonly BaseImageUpdate[];
  readonly check: PackageCheck | undefined;
  /** The image of the tracked base that an AMI rests on at last: with templates in between, theirs. */
  readonly rootOf: (image: Pick<Ami, 'baseImageId'>) => string;
  readonly policy: Pick<Policy, 'treatUnknownAs'>;
}

/**
 * What lies between an AMI and the active one: updates of the base image, and what its own packages were rebuilt for.
 * A step that nobody has assessed, or that was never seen, is of unknown level, never silently none.
 */
export function lacksOf(ami: Ami, active: ActiveAmi, ground: LackGround): Lacks {
  const base = baseSteps(ami, active, ground);
  const packages = packageSteps(ami, active, ground);
  return {
    level: worst([...base.levels, ...packages.levels], ground.policy),
    cves: [...new Set(base.cves)].sort(),
    advisories: packages.ids,
  };
}

function baseSteps(ami: Ami, active: ActiveAmi, { updates, rootOf }: LackGround) {
  const nothing = { levels: [], cves: [] };
  const [from, to] = [rootOf(ami), rootOf(active)];
  if (from === to) return nothing;
  const { moves, fromKnown } = movesBetween(updates, ami, from, to);
  if (!fromKnown) {
    // What a rollback left may be the newer one: it lacks nothing.
    const isNewer = movesBetween(updates, ami, to, from).fromKnown;
    return isNewer ? nothing : { levels: ['unknown'] as const, cves: [] };
  }
  return {
    levels: moves.map(({ assessment }) => assessment?.level ?? ('unknown' as const)),
    cves: moves.flatMap(({ assessment }) => assessment?.cves ?? []),
  };
}

function packageSteps(ami: Ami, active: ActiveAmi, { target: { epochRaised }, check }: LackGround) {
  const between = (at: Instant): boolean => at > ami.createdAt && at <= active.at;
  if ((active.packageEpoch ?? 0) <= (ami.packageEpoch ?? 0)) return { levels: [], ids: [] };
  const asked = check?.asked.filter(({ at }) => between(at)) ?? [];
  const raised = epochRaised !== undefined && between(epochRaised.at) ? [epochRaised.level] : [];
  return { levels: [...raised, ...asked.map(({ level }) => level)], ids: asked.map(({ id }) => id).sort() };
}

/** `unknown` ranks as the level it is treated as, just behind it, since that one is certain. */
function worst(levels: readonly SecurityLevel[], policy: Pick<Policy, 'treatUnknownAs'>): SecurityLevel {
  const rank = (level: SecurityLevel) =>
    SECURITY_LEVELS.indexOf(effectiveLevel(level, policy) ?? 'none') + (level === 'unknown' ? 0.5 : 0);
  return levels.reduce<SecurityLevel>((worse, level) => (rank(level) < rank(worse) ? level : worse), 'none');
}
