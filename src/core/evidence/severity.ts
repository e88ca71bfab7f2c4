import type { SecurityLevel } from '../words.ts';

/**
 * The words vendors grade advisories with. Debian's urgency is none of them: it orders the work of its
 * maintainers and says nothing about the fault.
 */
export const SEVERITY_WORDS = {
  /** Amazon Linux. AL2023 writes `Important`, AL2 and the RSS feeds `important`. */
  alas: { critical: 'critical', important: 'high', medium: 'medium', low: 'low' },
  /** Red Hat, Rocky, Alma, SUSE. */
  redHat: {
    critical: 'critical',
    important: 'high',
    moderate: 'medium',
    low: 'low',
    // GitHub's and NVD's words, which OSV records of these distributions also carry.
    high: 'high',
    medium: 'medium',
    none: 'none',
  },
  ubuntu: { critical: 'critical', high: 'high', medium: 'medium', low: 'low', negligible: 'low' },
  inspector: {
    critical: 'critical',
    high: 'high',
    medium: 'medium',
    low: 'low',
    informational: 'none',
  },
} as const satisfies Record<string, Readonly<Record<string, SecurityLevel>>>;
export type SeverityWords = keyof typeof SEVERITY_WORDS;

/** The level a vendor's word stands for, upper or lower case; `unknown` for every word that is not in its table. */
export function severityLevel(vendor: SeverityWords, word: string | undefined): SecurityLevel {
  const words: ReadonlyMap<string, SecurityLevel> = new Map(Object.entries(SEVERITY_WORDS[vendor]));
  return words.get((word ?? '').trim().toLowerCase()) ?? 'unknown';
}
