import { counted } from '../../../cli/text/time.ts';
import type { UpdateAnswer } from '../../../src/api/answers.ts';
import type { AssessedUpdate } from '../follow/detection.ts';

/** `Detected 2023.9.20251208, before it 2023.9.20251117, in us-east-1 and us-west-2 for x86_64 and arm64`. */
export function observationLine({ release, observations }: UpdateAnswer): string {
  const each = (values: readonly string[]): string => [...new Set(values)].join(' and ');
  const before = each(observations.map(({ previousRelease }) => previousRelease));
  const regions = each(observations.map(({ region }) => region));
  const architectures = each(observations.map(({ architecture }) => architecture));
  return `Detected ${release}, before it ${before}, in ${regions} for ${architectures}`;
}

/** `Assessed: security, level high (exact); 28 packages, 3 advisories, 5 CVEs`. */
export function assessmentLine({ assessment }: AssessedUpdate): string {
  const { type, level, confidence, packages, advisories, cves, sources } = assessment;
  const found = [
    [packages.length, 'package'],
    [advisories.length, 'advisory', 'advisories'],
    [cves.length, 'CVE'],
  ] as const;
  const facts = found
    .filter(([count]) => count > 0)
    .map(([count, one, many]) =>
      count > 1 && many !== undefined ? `${count} ${many}` : counted(count, one),
    );
  const silent = sources
    .filter(({ state }) => state !== 'answered')
    .map(({ name, state }) => `${name}: ${state}`);
  const because = facts.length > 0 ? facts.join(', ') : silent.join(', ');
  return `Assessed: ${type}, level ${level} (${confidence})${because === '' ? '' : `; ${because}`}`;
}
