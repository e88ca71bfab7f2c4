import type { Confidence, SecurityLevel, UpdateType } from '../words.ts';
import { knownLevel } from './advisory.ts';
import type { Verdict } from './assessment.ts';

/** Which type names an update best whose steps have several. */
const BY_NEWS: readonly UpdateType[] = ['rollback', 'security', 'feature', 'unknown', 'maintenance'];
const LEAST_SURE: readonly Confidence[] = ['unknown', 'inferred', 'exact'];

/**
 * One verdict about an update out of those about its steps, such as one for each architecture. Unlike a later look at
 * the same step, what is known of one says nothing about another: the worst known level counts, and what is unknown of
 * any step stays unknown of the whole, in its level or, beside a known one, in its confidence. So a step that is added
 * never makes an update look less urgent.
 */
export function combineVerdicts(all: readonly Verdict[]): Verdict {
  return {
    type: firstOf(
      BY_NEWS,
      all.map(({ type }) => type),
    ),
    level: worstLevel(all.map(({ level }) => level)),
    confidence: firstOf(
      LEAST_SURE,
      all.map(({ confidence }) => confidence),
    ),
    sources: unique(all.flatMap(({ sources }) => sources)),
    because: unique(all.flatMap(({ because }) => because)),
    incomplete: all.some(({ incomplete }) => incomplete),
  };
}

function worstLevel(levels: readonly SecurityLevel[]): SecurityLevel {
  const worst = levels.reduce(knownLevel);
  return worst === 'none' && levels.includes('unknown') ? 'unknown' : worst;
}

function firstOf<T>(order: readonly T[], among: readonly T[]): T {
  const found = order.find((each) => among.includes(each));
  if (found === undefined) throw new Error(`none of ${order.join(', ')}`);
  return found;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
