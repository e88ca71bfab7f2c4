import type { SecurityLevel } from '../words.ts';

/** Weights of the base metrics of CVSS 3.0 and 3.1 (first.org, specification §7.4). */
const WEIGHTS = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
} as const satisfies Record<string, Readonly<Record<string, number>>>;

/** Privileges weigh more where the fault reaches beyond its own component. */
const CHANGED_SCOPE_PRIVILEGES: Readonly<Record<string, number>> = { N: 0.85, L: 0.68, H: 0.5 };

const roundUp = (score: number): number => {
  const scaled = Math.round(score * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
};

const METRIC = /^([A-Z]{1,3}):([A-Z]{1,2})$/;

function metricsOf(vector: string): ReadonlyMap<string, string> | null {
  const [version, ...parts] = vector.trim().split('/');
  if (version !== 'CVSS:3.0' && version !== 'CVSS:3.1') return null;
  return new Map(
    parts.flatMap((part) => {
      const [, name, value] = METRIC.exec(part) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Base score, 0 to 10 in tenths, of a CVSS 3.0 or 3.1 vector; null for every other text. */
export function cvss3Score(vector: string): number | null {
  const metrics = metricsOf(vector);
  const scope = metrics?.get('S');
  if (metrics === null || (scope !== 'U' && scope !== 'C')) return null;
  const changed = scope === 'C';
  const weight = (metric: keyof typeof WEIGHTS): number => {
    const table: Readonly<Record<string, number>> =
      metric === 'PR' && changed ? CHANGED_SCOPE_PRIVILEGES : WEIGHTS[metric];
    return table[metrics.get(metric) ?? ''] ?? Number.NaN;
  };
  const base = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'));
  const impact = changed ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  const exploitability = 8.22 * weight('AV') * weight('AC') * weight('PR') * weight('UI');
  const score =
    impact <= 0
      ? 0 * exploitability
      : roundUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
  return Number.isNaN(score) ? null : score;
}

/** The level of a CVSS 3 score: 9.0 and above critical, 7.0 high, 4.0 medium, 0.1 low. */
export function cvssLevel(score: number | null): SecurityLevel {
  if (score === null) return 'unknown';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}
