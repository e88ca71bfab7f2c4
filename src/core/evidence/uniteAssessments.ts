import type { Assessment } from './assessment.ts';
import { mergeAssessments } from './mergeAssessments.ts';

/**
 * What two kinds of evidence say of one update, where the better one left something open: both are counted, the surer
 * one says how sure it is. All sources and reasons stay, the surer one's first.
 */
export function uniteAssessments(first: Assessment, second: Assessment): Assessment {
  const united = mergeAssessments(first, second);
  const sources = new Map([...second.sources, ...first.sources].map((source) => [source.name, source]));
  return {
    ...united,
    sources: [...sources.values()],
    because: [...new Set([...united.because, ...first.because, ...second.because])],
    incomplete: first.incomplete || second.incomplete,
  };
}
