import { promotedLate } from '../announcements/newsOfAmi.ts';
import { type Instant, targetKey } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain } from './compose.ts';
import { activated, superseded } from './superseded.ts';
import type { ActiveAmi, Ami, TargetState } from './target.ts';

export type Promotion =
  | { readonly kind: 'promote'; readonly writes: Write[]; readonly ami: Ami }
  /** Overtaken by another AMI or a rollback: it leaves, and will never be promoted. */
  | { readonly kind: 'overtaken'; readonly writes: Write[]; readonly because: string }
  /** Already done: a replay is a no-op. */
  | { readonly kind: 'nothing'; readonly because: string };

/**
 * (1) of design §5: the pointer changes in a transaction conditioned on the previous AMI that was recorded
 * with the decision, one way. `others` are the template's AMIs: the one that leaves is superseded, and newer
 * candidates that were to replace it too will replace this one instead.
 */
export function promote(ami: Ami, target: TargetState, others: readonly Ami[], now: Instant): Promotion {
  if (ami.state !== 'candidate') return { kind: 'nothing', because: `${ami.amiId} is ${ami.state} already` };
  if ((target.active?.amiId ?? null) !== ami.replaces) return overtaken(ami, target, now);
  const after = activated(ami, now);
  const { amiId, fingerprint, baseImageId, baseRelease, regionBuild, packageEpoch } = ami;
  const active: ActiveAmi = {
    ...{ amiId, fingerprint, baseImageId, baseRelease, regionBuild, at: now },
    ...(packageEpoch === undefined ? {} : { packageEpoch }),
  };
  return {
    kind: 'promote',
    ami: after,
    writes: [
      {
        kind: 'target',
        after: {
          ...target,
          revision: target.revision + 1,
          active,
          ...(target.active === undefined ? {} : { previous: target.active }),
        },
        expects: target.revision,
      },
      { kind: 'ami', after, expects: 'candidate', pending: 'publish' },
      ...others.flatMap((other): Write[] => {
        if (other.amiId === ami.replaces && other.state === 'active')
          return [{ kind: 'ami', after: superseded(other, now), expects: 'active' }];
        if (waitsBehind(other, ami))
          return [
            { kind: 'ami', after: { ...other, replaces: amiId }, expects: 'candidate', pending: 'publish' },
          ];
        return [];
      }),
      ...promotedLate(ami, now).map((announcement): Write => ({ kind: 'announce', announcement })),
      explain(regionBuild, {
        at: now,
        rule: 'promoted',
        because: `${amiId} is the active AMI${ami.replaces === null ? '' : ` instead of ${ami.replaces}`}`,
      }),
    ],
  };
}

function waitsBehind(other: Ami, ami: Ami): boolean {
  return (
    other.state === 'candidate' &&
    targetKey(other) === targetKey(ami) &&
    other.replaces === ami.replaces &&
    other.createdAt > ami.createdAt
  );
}

function overtaken(ami: Ami, target: TargetState, now: Instant): Promotion {
  const because = `${ami.amiId} was to replace ${ami.replaces ?? 'nothing'}, but ${target.active?.amiId ?? 'nothing'} is active now`;
  return {
    kind: 'overtaken',
    because,
    writes: [
      { kind: 'ami', after: superseded(ami, now), expects: 'candidate' },
      explain(ami.regionBuild, { at: now, rule: 'overtaken', because }),
    ],
  };
}

/** (3) of design §5: published only when GetParameter returns the id. */
export function published(active: Ami, parameter: string, now: Instant): Write[] {
  return [
    { kind: 'ami', after: { ...active, publishedAt: now }, expects: 'active' },
    explain(active.regionBuild, {
      at: now,
      rule: 'published',
      because: `${parameter} in ${active.region} reads ${active.amiId}`,
    }),
  ];
}
