import { z } from 'zod';
import { FeedError } from './feedError.ts';
import { parseJson } from './parseJson.ts';

const catalogue = z.object({
  count: z.number().optional(),
  vulnerabilities: z.array(z.object({ cveID: z.string() })),
});

/** The real one has about 1.3 million characters. */
const LONGEST_CATALOGUE = 32_000_000;

/**
 * Reads CISA's catalogue of known exploited vulnerabilities. Gives the CVE ids in it.
 * An empty catalogue, or one with less entries than it says, is taken for a broken answer: it would hide everything.
 */
export function parseKev(text: string): ReadonlySet<string> {
  const { count, vulnerabilities } = parseJson('The KEV catalogue', text, catalogue, LONGEST_CATALOGUE);
  const ids = new Set(
    vulnerabilities
      .map(({ cveID }) => cveID.trim().toUpperCase())
      .filter((id) => /^CVE-\d{4}-\d{4,}$/.test(id)),
  );
  if (ids.size === 0) throw new FeedError('malformed', 'The KEV catalogue names no vulnerability.');
  if (count !== undefined && vulnerabilities.length < count) {
    throw new FeedError(
      'truncated',
      `The KEV catalogue says ${count} entries and has ${vulnerabilities.length}.`,
    );
  }
  return ids;
}
