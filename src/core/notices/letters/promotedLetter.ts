import type { Ami } from '../../builds/target.ts';
import type { Letter } from '../letter.ts';
import { placeInWords } from '../say.ts';

/** Another AMI is the one that new instances start from. */
export function promotedLetter(ami: Ami): Letter {
  const { template, amiId, replaces } = ami;
  return {
    headline: `New active image of ${template} in ${placeInWords(ami)}`,
    opening: `New instances of ${template} in ${placeInWords(ami)} start from another image now. Running instances are not touched.`,
    facts: [
      ['Template', template],
      ['New AMI', amiId],
      ['Instead of', replaces ?? 'none'],
      ['Base image', `${ami.baseImageName} (${ami.baseImageId})`],
    ],
    items: [],
    nextSteps: [`All images: cws templates auto-ami images --template ${template}`],
    dedupeId: `ami-promoted:${template}:${amiId}:${ami.promotedAt ?? 0}`,
    threadId: `template:${template}`,
    templates: [template],
  };
}
