import type { TargetState } from '../builds/target.ts';
import { highestLevel, isMoreUrgent } from '../evidence/advisory.ts';
import type { OpenAdvisory } from '../evidence/openAdvisories.ts';
import { DAY, type Instant, type Milliseconds } from '../words.ts';
import type { Write } from '../writes.ts';
import { holesInWords } from './holesInWords.ts';
import { isOfPip } from './openInPip.ts';
import type { AskedAdvisory, PackageCheck } from './packageCheck.ts';

/** A record has room for 400 KB; kernel advisories can be about hundreds of CVEs. */
const MOST_KEPT = 200;
const MOST_CVES = 50;

/** A feed may lose an advisory for a while, and a rollback open it again: it is no news then. */
const REMEMBERED: Milliseconds = 180 * DAY;

/** What was found in the packages of the AMI a target stands on. */
export interface TargetChecked {
  readonly state: TargetState;
  readonly amiId: string;
  /** Most urgent first. */
  readonly open: readonly OpenAdvisory[];
  /** The check before this one. */
  readonly before: PackageCheck | undefined;
  readonly now: Instant;
}

/**
 * The record of a check and, if something is open that was no reason before or has become worse, the raised epoch, in
 * one commit: so an advisory raises it once, whoever looks twice, at once, or dies in between. The reason names
 * everything that waits for the same rebuild, and nothing that has outlived one; the record names the packages that the
 * rebuild brings to their newest version.
 */
export function checkTarget({ state, amiId, open, before, now }: TargetChecked): {
  readonly raised: boolean;
  readonly writes: Write[];
} {
  const { template, region, architecture } = state;
  const asked = before?.asked ?? [];
  const grave = open.filter(({ level }) => level !== 'none');
  const isOpen = new Set(open.map(({ id }) => id));
  const fresh = grave.filter((one) => isNews(one, asked));
  const check: PackageCheck = {
    ...{ template, region, architecture, amiId },
    open: open.slice(0, MOST_KEPT).map((one) => ({ ...one, cves: one.cves.slice(0, MOST_CVES) })),
    more: Math.max(0, open.length - MOST_KEPT),
    ...(before?.upgrade === undefined ? {} : { upgrade: before.upgrade }),
    revision: (before?.revision ?? 0) + 1,
    checkedAt: now,
    asked: [
      ...asked.filter(
        ({ id, at }) => !fresh.some((one) => one.id === id) && (at > now - REMEMBERED || isOpen.has(id)),
      ),
      ...fresh.map(({ id, level }) => ({ id, level, amiId, at: now })),
    ],
  };
  const kept = { kind: 'package-check', after: check, expects: before?.revision ?? null } as const;
  if (fresh.length === 0) return { raised: false, writes: [kept] };
  const waiting = grave.filter((one) =>
    check.asked.some((each) => each.id === one.id && each.amiId === amiId),
  );
  const upgrade = upgradesOf(before?.upgrade ?? [], waiting);
  const epochRaised = {
    at: now,
    level: highestLevel(waiting.map(({ level }) => level)),
    because: holesInWords(waiting),
  };
  const after = {
    ...state,
    revision: state.revision + 1,
    packageEpoch: state.packageEpoch + 1,
    epochRaised,
  };
  return {
    raised: true,
    writes: [
      { kind: 'target', after, expects: state.revision },
      { ...kept, after: { ...kept.after, upgrade } },
    ],
  };
}

/** What pip installed is the newest in any case. */
function upgradesOf(before: readonly string[], open: readonly OpenAdvisory[]): string[] {
  const names = open.flatMap(({ packages }) =>
    packages.filter((each) => !isOfPip(each)).map(({ name }) => name),
  );
  return [...new Set([...before, ...names])].sort();
}

/** No reason before, or a worse one now. */
function isNews({ id, level }: OpenAdvisory, asked: readonly AskedAdvisory[]): boolean {
  const known = asked.find((one) => one.id === id);
  return known === undefined || isMoreUrgent(level, known.level);
}
