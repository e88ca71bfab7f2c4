import type { RegionBuild } from '../../builds/regionBuild.ts';
import type { Letter } from '../letter.ts';
import type { LateBuild } from '../noticeFact.ts';
import { explainCommand, placeInWords, type Told } from '../say.ts';

/** A region build failed for good. */
export function failedLetter(build: RegionBuild): Letter {
  const { failure, template } = build;
  return {
    ...about(build),
    headline: `Build of ${template} failed in ${placeInWords(build)}`,
    opening: `The image of ${template} could not be built in ${placeInWords(build)}. The former image stays in use, and other places are not affected.`,
    facts: [
      ...factsOf(build),
      ['Reason', failure === undefined ? 'unknown' : `${failure.reason} (${failure.error})`],
      ['Attempts', String(build.attempts)],
      ...(failure?.log === undefined ? [] : [['Log', failure.log] as const]),
    ],
    nextSteps: [
      `The whole story: ${explainCommand(build.id)}`,
      `When it is mended: cws templates auto-ami build ${template} --region ${build.region}`,
    ],
    dedupeId: `region-build-failed:${build.id}`,
  };
}

/** More than any pot or its own limit could ever pay: both numbers are in the reason. */
export function refusedLetter(build: RegionBuild): Letter {
  return {
    ...about(build),
    headline: `Build of ${build.template} refused in ${placeInWords(build)}`,
    opening: `A rebuild of ${build.template} was refused: it costs more than it may.`,
    facts: [...factsOf(build), ['Reason', build.failure?.reason ?? 'unknown']],
    nextSteps: [
      'Raise the budget or `max_cost` in the policy: cws templates auto-ami configure --file policy.yaml',
    ],
    dedupeId: `region-build-refused:${build.id}`,
  };
}

/** A promise of the policy that will not, or may not, be kept. */
export function deadlineLetter(
  {
    kind,
    regionBuild: build,
    deadline,
    because,
  }: LateBuild & { readonly kind: 'deadline-at-risk' | 'deadline-missed' },
  told: Told,
): Letter {
  const { template, amiId } = build;
  const missed = kind === 'deadline-missed';
  const due = `by ${told(deadline)}`;
  const made = amiId !== undefined;
  const what = `${made ? 'The new AMI' : 'The rebuild'} of ${template} in ${placeInWords(build)}`;
  return {
    ...about(build),
    headline: `Deadline ${missed ? 'missed' : 'at risk'}: ${template} in ${placeInWords(build)}`,
    opening: missed
      ? `${what} was due ${due} and ${made ? 'was not in use then' : 'is not done'}.`
      : `${what} is due ${due} and may come late.`,
    facts: [
      ...factsOf(build),
      ...(made ? [['AMI', amiId] as const] : []),
      ['Security level', build.level],
      ['Reason', because],
    ],
    nextSteps: [
      `See what it waits for: ${explainCommand(build.id)}`,
      made
        ? `Promote it, if it still waits: cws templates auto-ami promote ${template} --region ${build.region}`
        : `Build it at once: cws templates auto-ami build ${template} --urgent --region ${build.region}`,
    ],
    dedupeId: `${kind}:${build.id}:${deadline}`,
  };
}

/** Too many failures in a row: it is not tried again until someone has looked. */
export function pausedLetter(template: string, reason: string): Letter {
  return {
    headline: `${template} is paused`,
    opening: `No images of ${template} are built any more until somebody has looked: ${reason}. The image in use stays.`,
    facts: [['Template', template]],
    items: [],
    nextSteps: [
      `See what failed: cws templates auto-ami builds --template ${template}`,
      'When the template is mended: cws templates apply FILE',
      `When the cause lay elsewhere: cws templates auto-ami unpause ${template}`,
    ],
    dedupeId: `template-paused:${template}:${reason}`,
    threadId: `template:${template}`,
    templates: [template],
  };
}

function about({ template }: RegionBuild): Pick<Letter, 'items' | 'threadId' | 'templates'> {
  return { items: [], threadId: `template:${template}`, templates: [template] };
}

function factsOf(build: RegionBuild): (readonly [string, string])[] {
  return [
    ['Template', build.template],
    ['Place', placeInWords(build)],
    ['Why it was asked for', build.reasons.map(({ because }) => because).join('; ')],
  ];
}
