import type { ComparisonAnswer, FindingsAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { tree, type Branch } from '../text/tree.ts';

/** What an image of a base fixes relative to another, with everything that says so. */
export function comparisonView(answer: ComparisonAnswer, width: number): string[] {
  const { base, architecture, from, to, findings } = answer;
  const { type, level, confidence, changelogUrl } = findings;
  return [
    `${base}: ${from.release} → ${to.release} (${architecture})`,
    `From: ${imageInWords(from)}`,
    `To: ${imageInWords(to)}`,
    '',
    `Update type: ${type}`,
    `Security level: ${level}`,
    `Confidence: ${confidence}`,
    ...(findings.recalled ? ['⚠️ Upstream has recalled the newer release.'] : []),
    ...(changelogUrl === null ? [] : [`Changelog: ${changelogUrl}`]),
    ...section('Because', findings.because.map(textOnly), width),
    ...section('Advisories', findings.advisories.map(advisoryBranch), width),
    ...section('Known to be exploited', findings.exploited.map(textOnly), width),
    ...section('Opened again', findings.reopened.map(textOnly), width),
    ...section('Packages', findings.packages.map(packageBranch), width),
    ...section('Sources', findings.sources.map(sourceBranch), width),
  ];
}

function imageInWords({ imageId, name }: ComparisonAnswer['from']): string {
  return imageId === null ? `${name} (not seen here)` : `${imageId}, ${name}`;
}

const textOnly = (text: string): Branch => ({ text: oneLine(text) });

/** An advisory with what it is about; `--evidence` shows these too. */
export function advisoryBranch({
  id,
  level,
  cves,
  packages,
  by,
}: FindingsAnswer['advisories'][number]): Branch {
  const how = by === 'version' ? '' : ', inferred from its date';
  const fixes = cves.length === 0 ? 'no CVE' : cves.join(', ');
  return { text: `${id} (${level}${how}): ${fixes}; in ${packages.join(', ')}` };
}

export function packageBranch({ name, from, to }: FindingsAnswer['packages'][number]): Branch {
  return { text: from === null ? `${name} ${to ?? 'gone'}` : `${name} ${from} → ${to ?? 'gone'}` };
}

export function sourceBranch({ name, state, detail }: FindingsAnswer['sources'][number]): Branch {
  return { text: `${state === 'answered' ? '✓' : '⚠️'} ${name}: ${state}, ${oneLine(detail)}` };
}

function section(title: string, branches: readonly Branch[], width: number): string[] {
  if (branches.length === 0) return [];
  return ['', `${title} (${branches.length}):`, ...tree(branches, width)];
}
