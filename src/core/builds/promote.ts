import type { Instant } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain } from './compose.ts';
import type { Ami, TargetState } from './target.ts';

export type Promotion =
  | { readonly kind: 'promote'; readonly writes: Write[]; readonly ami: Ami }
  /** Already done, or overtaken by another AMI or a rollback: a replay is a no-op. */
  | { readonly kind: 'nothing'; readonly because: string };

/**
 * (1) of design §5: the pointer changes in a transaction conditioned on the previous AMI that was recorded
 * with the decision, one way. `replaced` is the record of the AMI that leaves, if there is one.
 */
export function promote(ami: Ami, target: TargetState, replaced: Ami | undefined, now: Instant): Promotion {
  if (ami.state !== 'candidate') return { kind: 'nothing', because: `${ami.amiId} is ${ami.state} already` };
  if ((target.active?.amiId ?? null) !== ami.replaces)
    return {
      kind: 'nothing',
      because: `${ami.amiId} was to replace ${ami.replaces ?? 'nothing'}, but ${target.active?.amiId ?? 'nothing'} is active now`,
    };
  const after: Ami = { ...ami, state: 'active', promotedAt: now };
  const { amiId, fingerprint, baseImageId, baseRelease, regionBuild } = ami;
  const active = { amiId, fingerprint, baseImageId, baseRelease, regionBuild, at: now };
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
      ...(replaced?.state === 'active'
        ? [{ kind: 'ami', after: { ...replaced, state: 'superseded' }, expects: 'active' } satisfies Write]
        : []),
      explain(ami.regionBuild, {
        at: now,
        rule: 'promoted',
        because: `${amiId} is the active AMI${ami.replaces === null ? '' : ` instead of ${ami.replaces}`}`,
      }),
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
