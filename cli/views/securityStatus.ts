import type { SecurityStatusAnswer, SecurityUpdateAnswer } from '../../src/api/answers.ts';
import { SECURITY_LEVELS, type SecurityLevel } from '../../src/core/words.ts';
import { ago, type Moment } from '../text/time.ts';
import { tree, type Branch } from '../text/tree.ts';
import { advisoryBranch, packageBranch, sourceBranch } from './comparison.ts';
import { few } from './few.ts';
import { packageHolesBranch } from './packageHoles.ts';
import { rebuildInWords } from './rebuildInWords.ts';
import { placeOf } from './regionBuildState.ts';

const TITLES: Record<SecurityLevel, string> = {
  critical: 'Critical Updates Available',
  high: 'High Updates Available',
  medium: 'Medium Updates Available',
  low: 'Low Updates Available',
  none: 'Updates Without Security Fixes Available',
  unknown: 'Updates Of Unknown Level Available',
};

/**
 * What base image updates fix, which templates lack them and when those are rebuilt, as in the specification's session;
 * and what is open in the packages of the AMIs themselves.
 */
export function securityStatusView({ evidence }: { readonly evidence: boolean }) {
  return (answer: SecurityStatusAnswer, width: number): string[] => {
    const lacked = answer.updates.filter((update) => lackingPlaces(update).length > 0);
    const recent = answer.updates.filter((update) => lackingPlaces(update).length === 0);
    return [
      'SECURITY UPDATE STATUS',
      ...(lacked.length === 0 ? ['', 'No active AMI lacks an update of its base image.'] : []),
      ...SECURITY_LEVELS.flatMap((level) => {
        const ofLevel = lacked.filter((update) => levelOf(update) === level);
        const branches = ofLevel.map((update) => lackedBranch(update, answer, evidence));
        return branches.length === 0 ? [] : ['', `${TITLES[level]}:`, ...tree(branches, width)];
      }),
      ...(recent.length === 0 ? [] : ['', 'Recent Security Updates:']),
      ...tree(
        recent.map((update) => recentBranch(update, answer, evidence)),
        width,
      ),
      ...(answer.packages.length === 0 ? [] : ['', 'Open In Packages Of Active AMIs:']),
      ...tree(
        answer.packages.map((holes) => packageHolesBranch(holes, answer, evidence)),
        width,
      ),
    ];
  };
}

/** An update that nobody has looked at is as unknown as one of which no feed could tell. */
const levelOf = ({ findings }: SecurityUpdateAnswer): SecurityLevel => findings?.level ?? 'unknown';

function lackingPlaces({ templates }: SecurityUpdateAnswer) {
  return templates.flatMap(({ template, places }) =>
    places.filter(({ hasUpdate }) => !hasUpdate).map((place) => ({ template, ...place })),
  );
}

function lackedBranch(update: SecurityUpdateAnswer, moment: Moment, evidence: boolean): Branch {
  const places = lackingPlaces(update);
  const affected = [...new Set(places.map(({ template }) => template))];
  return {
    text: `${update.base} ${update.release}: ${fixes(update)} (seen ${ago(update.firstSeenAt, moment)})`,
    below: [
      {
        text: `Affected templates: ${affected.join(', ')}`,
        below: places.map((place) => ({
          text: `${place.template} ${placeOf(place)}: ${place.amiId}, ${rebuildInWords(place.rebuild, moment)}`,
        })),
      },
      ...(evidence ? evidenceBranches(update) : []),
      { text: 'Manual rebuild: cws templates auto-ami build --security-update' },
    ],
  };
}

function recentBranch(update: SecurityUpdateAnswer, moment: Moment, evidence: boolean): Branch {
  const { base, release, firstSeenAt, templates } = update;
  const names = templates.map(({ template }) => template).join(', ');
  return {
    text: `✓ ${base} ${release}: ${fixes(update)} (seen ${ago(firstSeenAt, moment)}), in every AMI of ${names}`,
    below: evidence ? evidenceBranches(update) : [],
  };
}

function fixes({ findings }: SecurityUpdateAnswer): string {
  if (findings === null) return 'not assessed yet';
  const { type, level, confidence, cves, advisories } = findings;
  const ids = cves.length > 0 ? cves : advisories.map(({ id }) => id);
  const what = ids.length === 0 ? '' : `${few(ids)}; `;
  return `${what}${type} update, level ${level}, ${confidence}`;
}

/** Why the level is what it is. */
function evidenceBranches({ findings }: SecurityUpdateAnswer): Branch[] {
  if (findings === null) return [];
  const { advisories, packages, because, sources } = findings;
  const parts: readonly (readonly [string, readonly Branch[]])[] = [
    ['Because', because.map((text) => ({ text }))],
    ['Advisories', advisories.map(advisoryBranch)],
    ['Packages', packages.map(packageBranch)],
    ['Sources', sources.map(sourceBranch)],
  ];
  return parts.flatMap(([title, below]) =>
    below.length === 0 ? [] : [{ text: `${title} (${below.length})`, below }],
  );
}
