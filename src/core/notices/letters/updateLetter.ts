import type { BaseImageUpdate } from '../../base-images/pointer.ts';
import type { SecurityLevel, UpdateType } from '../../words.ts';
import type { Letter } from '../letter.ts';
import { counted, listed } from '../say.ts';

/** A base image moved, what that fixes, and which templates stand on it. */
export function updateLetter(update: BaseImageUpdate, affected: readonly string[]): Letter {
  const { base, release, assessment, observations } = update;
  const level = assessment?.level ?? 'unknown';
  const regions = [...new Set(observations.map(({ region }) => region))].sort();
  return {
    headline: `${headlineOf(assessment?.type ?? 'unknown', level)}: ${base} ${release}`,
    opening: `A new image of ${base} was published upstream. ${counted(affected.length, 'template')} of ours ${affected.length === 1 ? 'stands' : 'stand'} on it; they are rebuilt as the policy says.`,
    facts: [
      ['Base image', base],
      ['Release', release],
      ['Update', assessment?.type ?? 'unknown'],
      ['Security level', `${level} (${assessment?.confidence ?? 'unknown'})`],
      ['Seen in', listed(regions)],
      ['Affected templates', listed(affected)],
      ...facts('Fixes', assessment?.cves),
      ...facts(
        'Advisories',
        assessment?.advisories.map(({ id }) => id),
      ),
      ...facts('Changelog', assessment?.changelogUrl == null ? [] : [assessment.changelogUrl]),
    ],
    items: [],
    nextSteps: [
      'See what is planned: cws templates auto-ami status',
      ...affected
        .slice(0, 1)
        .map((template) => `Rebuild one at once: cws templates auto-ami build ${template} --urgent`),
    ],
    dedupeId: `base-image-updated:${base}:${release}:${level}`,
    threadId: `base:${base}`,
    templates: affected,
  };
}

function headlineOf(type: UpdateType, level: SecurityLevel): string {
  switch (type) {
    case 'security':
      return `Security update (${level})`;
    case 'rollback':
      return 'Base image rolled back';
    case 'feature':
    case 'maintenance':
      return `Base image update (${type})`;
    case 'unknown':
      return 'Base image update';
  }
}

function facts(name: string, values: readonly string[] = []): (readonly [string, string])[] {
  return values.length === 0 ? [] : [[name, listed(values)]];
}
