import type { RegionBuild } from '../../builds/regionBuild.ts';
import { dollars } from '../../money/dollars.ts';
import { durationInWords } from '../../time/duration.ts';
import type { MicroDollars } from '../../words.ts';
import type { Letter } from '../letter.ts';
import type { BuildFacts } from '../noticeFact.ts';
import { counted, explainCommand, placeInWords } from '../say.ts';

/** A rebuild is coming: so that people are not surprised by it. */
export function queuedLetter(
  { id, template, because, regionBuilds }: BuildFacts,
  starts: string | undefined,
): Letter {
  return {
    headline: `Rebuild of ${template} is planned`,
    opening: `New images of ${template} will be built${starts === undefined ? '' : `, starting ${starts}`}. Running instances are not touched, and the image in use stays until the new one has passed its tests.`,
    facts: [
      ['Template', template],
      ['Why', because],
      ['Build', id],
    ],
    items: regionBuilds.map(placeInWords),
    nextSteps: [`Follow it: ${explainCommand(id)}`],
    dedupeId: `build-queued:${id}`,
    threadId: `template:${template}`,
    templates: [template],
  };
}

/**
 * Somebody must agree before anything is built. One letter for all that wait at a time; what comes later, such as the
 * same update in another region or a more urgent reason, is another one.
 */
export function approvalLetter(
  { id, template, because }: BuildFacts,
  waiting: readonly RegionBuild[],
  estimate: MicroDollars | undefined,
): Letter {
  return {
    headline: `Approval wanted: rebuild of ${template}`,
    opening: `A rebuild of ${template} waits for approval; nothing is built before.`,
    facts: [
      ['Template', template],
      ['Why', because],
      ['Build', id],
      ...(estimate === undefined ? [] : [['Estimated cost', dollars(estimate)] as const]),
    ],
    items: waiting.map(placeInWords),
    nextSteps: [`Let it go on: cws templates auto-ami approve ${id}`, `See why: ${explainCommand(id)}`],
    dedupeId: `approval-wanted:${id}:${waiting.map(({ sequence, urgency, ...place }) => `${placeInWords(place)} ${sequence} ${urgency}`).join(', ')}`,
    threadId: `template:${template}`,
    templates: [template],
  };
}

/** All of a build has ended: what is new, what it cost, what went wrong. */
export function finishedLetter({ id, template, because, regionBuilds }: BuildFacts): Letter {
  const made = regionBuilds.filter(({ status }) => status === 'succeeded');
  const whole = made.length === regionBuilds.length;
  const places = `${made.length} of ${counted(regionBuilds.length, 'place')}`;
  return {
    headline: whole ? `New images of ${template}` : `Rebuild of ${template} succeeded in ${places}`,
    opening: whole
      ? `New images of ${template} are built and tested. New instances start from them once they are active; running instances are not touched.`
      : `The rebuild of ${template} has ended: ${places} have a new image. Where it failed, the former image stays in use.`,
    facts: [
      ['Template', template],
      ['Why', because],
      ['Build', id],
      ['Cost', dollars(regionBuilds.reduce((sum, { cost }) => sum + cost, 0))],
    ],
    items: regionBuilds.map(outcomeInWords),
    nextSteps: [`The whole story: ${explainCommand(id)}`],
    dedupeId: `build-finished:${id}`,
    threadId: `template:${template}`,
    templates: [template],
  };
}

function outcomeInWords(build: RegionBuild): string {
  const place = placeInWords(build);
  if (build.status !== 'succeeded') return `${place}: ${build.status}${reasonOf(build)}`;
  const { startedAt, finishedAt } = build;
  const took =
    startedAt === undefined || finishedAt === undefined
      ? ''
      : `, took ${durationInWords(finishedAt - startedAt)}`;
  const base = build.grant === undefined ? '' : ` on ${build.grant.baseRelease}`;
  return `${place}: ${build.amiId ?? 'built'}${base}${took}`;
}

function reasonOf({ failure }: RegionBuild): string {
  return failure === undefined ? '' : `, ${failure.reason} (${failure.error})`;
}
