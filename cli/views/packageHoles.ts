import type { PackageHolesAnswer } from '../../src/api/answers.ts';
import { ago, type Moment } from '../text/time.ts';
import type { Branch } from '../text/tree.ts';
import { few } from './few.ts';
import { rebuildInWords } from './rebuildInWords.ts';
import { placeOf } from './regionBuildState.ts';

/** What is open in the packages of an active AMI, since when, and when it is rebuilt for that. */
export function packageHolesBranch(holes: PackageHolesAnswer, moment: Moment, evidence: boolean): Branch {
  const { template, amiId, level, advisories, more, checkedAt, rebuild } = holes;
  const ids = advisories.flatMap(({ id, cves }) => (cves.length > 0 ? cves : [id]));
  const packages = advisories.flatMap((advisory) => advisory.packages.map(({ name }) => name));
  const beyond = more === 0 ? '' : ` and what ${more} more advisories are about`;
  return {
    text: `${template} ${placeOf(holes)}: ${few(ids)}${beyond}; level ${level}${since(holes, moment)}`,
    below: [
      { text: `In ${amiId}: ${few(packages)}` },
      { text: rebuildInWords(rebuild, moment) },
      ...(evidence
        ? [
            {
              text: `Advisories (${advisories.length + more}), checked ${ago(checkedAt, moment)}`,
              below: advisories.map((advisory) => advisoryBranch(advisory, moment)),
            },
          ]
        : []),
    ],
  };
}

/** Since the first of them was a reason to rebuild. */
function since({ advisories }: PackageHolesAnswer, moment: Moment): string {
  const [first] = advisories.flatMap(({ askedAt }) => (askedAt === null ? [] : [askedAt])).sort();
  return first === undefined ? '' : `, found ${ago(first, moment)}`;
}

function advisoryBranch(
  { id, level, cves, exploited, packages, askedAt, outlived }: PackageHolesAnswer['advisories'][number],
  moment: Moment,
): Branch {
  const versions = packages.map(({ name, installed, fixed }) => `${name} ${installed} → ${fixed}`);
  const attacked = exploited.length === 0 ? '' : `, known to be exploited: ${exploited.join(', ')}`;
  const about = cves.length === 0 ? 'no CVE' : cves.join(', ');
  return {
    text: `${id} (${level}${attacked}): ${about}; ${versions.join(', ')}; ${reason()}`,
  };

  function reason(): string {
    if (askedAt === null) return 'no reason for a rebuild';
    const when = `a rebuild was asked for ${ago(askedAt, moment)}`;
    return outlived ? `${when} and did not close it` : when;
  }
}
