import { type ActiveAmi, type Ami, type AmiState, type TargetState } from '../builds/target.ts';
import { type Instant, targetKey } from '../words.ts';
import type { Instance } from './instance.ts';
import { type InstanceOwner, ownerOf } from './owner.ts';

/** What gave way: instances may run on it for long, also when the AMI itself is gone. */
const LEFT: readonly AmiState[] = ['superseded', 'deprecated', 'disabled', 'deregistered'];

/** An instance on an AMI of ours that is not the active one of its target any more. */
export interface StaleInstance {
  readonly instance: Instance;
  readonly owner: InstanceOwner;
  readonly ami: Ami;
  readonly active: ActiveAmi;
  /** Since when its AMI is not the active one; `null`: older records do not tell. */
  readonly since: Instant | null;
  /** AMIs that became the active one of its target since then. */
  readonly promotions: number;
}

/** The AMIs whose instances are stale: those that gave way, in targets that have an active one. */
export function leftAmis(
  amis: readonly Ami[],
  targets: ReadonlyMap<string, Pick<TargetState, 'active'>>,
): Ami[] {
  return amis.filter((ami) => LEFT.includes(ami.state) && targets.get(targetKey(ami))?.active !== undefined);
}

/**
 * Which instances run on older images (design §5), how far behind each is, and whom to ask. They are named and never
 * touched.
 * @param amis all of the targets concerned
 */
export function staleInstances(
  instances: readonly Instance[],
  amis: readonly Ami[],
  targets: ReadonlyMap<string, Pick<TargetState, 'active'>>,
): StaleInstance[] {
  const left = new Map(leftAmis(amis, targets).map((ami) => [`${ami.region}/${ami.amiId}`, ami]));
  const promotions = promotionsIn(amis);
  return instances.flatMap((instance) => {
    const ami = left.get(`${instance.region}/${instance.imageId}`);
    const active = ami && targets.get(targetKey(ami))?.active;
    if (ami === undefined || active === undefined) return [];
    const promoted = promotions.get(targetKey(ami)) ?? [];
    const since = leftAt(ami, promoted);
    const from = since ?? ami.createdAt;
    const itself = (ami.promotedAt ?? -Infinity) >= from ? 1 : 0;
    return [
      {
        instance,
        owner: ownerOf(instance),
        ami,
        active,
        since,
        promotions: promoted.length - firstFrom(from, promoted) - itself,
      },
    ];
  });
}

/** When AMIs became the active ones of each target, oldest first. */
function promotionsIn(amis: readonly Ami[]): ReadonlyMap<string, readonly Instant[]> {
  const promotions = new Map<string, Instant[]>();
  for (const ami of amis) {
    if (ami.promotedAt === undefined) continue;
    const ofTarget = promotions.get(targetKey(ami)) ?? [];
    ofTarget.push(ami.promotedAt);
    promotions.set(targetKey(ami), ofTarget);
  }
  for (const ofTarget of promotions.values()) ofTarget.sort((a, b) => a - b);
  return promotions;
}

/** Older records do not say when an AMI gave way: it was when the next one was promoted. */
function leftAt({ supersededAt, promotedAt }: Ami, promoted: readonly Instant[]): Instant | null {
  if (supersededAt !== undefined) return supersededAt;
  if (promotedAt === undefined) return null;
  // The first is its own.
  return promoted[firstFrom(promotedAt, promoted) + 1] ?? null;
}

/** Where the instants from this one on begin in a list of them, by halves. */
function firstFrom(at: Instant, sorted: readonly Instant[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
