import type { EvidenceKind } from '../core/base-images/trackedBaseImage.ts';
import { assess } from '../core/evidence/assess.ts';
import type { Findings } from '../core/evidence/assess.ts';
import type { Assessment, Comparison } from '../core/evidence/assessment.ts';
import { evidenceFor } from '../core/evidence/evidenceFor.ts';
import { uniteAssessments } from '../core/evidence/uniteAssessments.ts';
import type { EvidencePolicy, EvidenceSource } from '../core/policy/policy.ts';
import { SECOND } from '../core/words.ts';
import type { Milliseconds } from '../core/words.ts';
import type { Clock, Evidence, FeedCache, Log } from '../ports.ts';
import { amazonEvidence } from './amazon/amazonEvidence.ts';
import { feedReader } from './feedReader.ts';
import type { Fetch } from './http.ts';
import { osvEvidence } from './osvDev.ts';
import type { Session } from './session.ts';
import { ubuntuEvidence } from './ubuntu/ubuntuEvidence.ts';

export interface FeedEvidenceOptions {
  /** The platform's own, but for tests. */
  readonly fetch: Fetch;
  readonly now: Clock;
  readonly cache: FeedCache;
  readonly log: Pick<Log, 'warn'>;
  /** What the policy says of the sources, asked for each assessment: it may have changed. */
  readonly policy: () => Promise<EvidencePolicy>;
  /** Longest time for one assessment; what did not answer by then is a timeout. */
  readonly limit?: Milliseconds;
}

/** "Assessing one update stays within a minute": some of it is for everything else. */
const LIMIT: Milliseconds = 50 * SECOND;

interface Way {
  /** Whose switch and limits hold. */
  readonly source: EvidenceSource;
  readonly find: (session: Session, comparison: Comparison) => Promise<Findings>;
}

/** How each kind of evidence is found. A further kind is a further row. */
const WAYS: Readonly<Record<EvidenceKind, Way>> = {
  'amazon-linux-2023': {
    source: 'amazon_linux',
    find: (session, comparison) => amazonEvidence(session, 'amazon-linux-2023', comparison),
  },
  'amazon-linux-2': {
    source: 'amazon_linux',
    find: (session, comparison) => amazonEvidence(session, 'amazon-linux-2', comparison),
  },
  ubuntu: { source: 'ubuntu', find: ubuntuEvidence },
  osv: { source: 'osv', find: osvEvidence },
};

/** Says so if the catalogue of exploited vulnerabilities did not answer: a level may then be too low. */
function withExploited(findings: Findings): Findings {
  if (findings.exploited !== null) return findings;
  const note = 'the catalogue of exploited vulnerabilities did not answer: nothing could be raised by it';
  return { ...findings, notes: [...(findings.notes ?? []), note] };
}

function without(comparison: Comparison): Assessment {
  const { base } = comparison;
  const gap =
    base.evidence.length === 0
      ? `nothing is known that says what images of ${base.name} change`
      : `the policy asks none of the sources that could tell of ${base.name}`;
  const nothing = {
    method: 'lists',
    changes: null,
    fixed: null,
    gaps: [gap],
    exploited: null,
    sources: [],
  } as const;
  return assess(comparison, nothing);
}

/**
 * Evidence from the public feeds. The kinds that serve a base are asked best first, until one leaves nothing open.
 * A feed's fault is part of the answer and never thrown: what is not known is `unknown`, with the reason. Make it once
 * and keep it: what it has read serves the next assessments too.
 */
export function feedEvidence({
  fetch,
  now,
  cache,
  log,
  policy,
  limit = LIMIT,
}: FeedEvidenceOptions): Evidence {
  const reader = feedReader({ cache, now, log });
  return {
    async assess(comparison) {
      const session = { reader, fetch, policy: await policy(), signal: AbortSignal.timeout(limit) };
      let found: Assessment | undefined;
      for (const kind of evidenceFor(comparison)) {
        const { source, find } = WAYS[kind];
        if (!session.policy.sources[source].enabled) continue;
        const next = assess(comparison, withExploited(await find(session, comparison)));
        found = found === undefined ? next : uniteAssessments(found, next);
        if (found.confidence !== 'unknown') break;
      }
      return found ?? without(comparison);
    },
  };
}
