import type { BuildSecurityUpdateAnswer, BuildTemplateAnswer } from '../../src/api/answers.ts';
import { dollars } from '../../src/core/money/dollars.ts';
import { oneLine } from '../text/clean.ts';
import { lookUp } from '../text/lookUp.ts';
import { roughly, when } from '../text/time.ts';
import { tree } from '../text/tree.ts';
import { placeOf, waitSaid } from './regionBuildState.ts';

const OUTCOMES = {
  queued: '⏳ queued',
  merged: '⏳ joins the one that is queued',
  'up-to-date': '✓ up to date',
  held: '⏳ held',
  refused: '✗ refused',
} as const;

/** What a wish to build led to: as in the specification's session, and where to follow it. */
export function buildRequestedView(answer: BuildTemplateAnswer, width: number): string[] {
  const { build, reason, estimate, regionBuilds, notes } = answer;
  return [
    heading(answer),
    `Trigger: ${oneLine(reason)}`,
    ...(estimate.cost === null ? [] : [`Estimated cost: ${dollars(estimate.cost)}`]),
    ...(build === null ? [] : etaLines(answer)),
    ...(build === null ? [] : [`Progress: cws templates auto-ami explain ${build}`]),
    ...tree(
      regionBuilds.map((regionBuild) => ({
        text: `${placeOf(regionBuild)}: ${lookUp(OUTCOMES, regionBuild.outcome, regionBuild.outcome)}, ${waitSaid(regionBuild.because).because}`,
      })),
      width,
    ),
    ...notes.map((note) => `Note: ${oneLine(note)}`),
  ];
}

/** The same for each template that lacked a security update. */
export function securityUpdateRequestedView(answer: BuildSecurityUpdateAnswer, width: number): string[] {
  const { builds, refused } = answer;
  if (builds.length + refused.length === 0) return ['No kept template lacks a security update'];
  return [
    ...builds.flatMap((build, index) => [...(index === 0 ? [] : ['']), ...buildRequestedView(build, width)]),
    ...refused.map(({ template, because }) => `✗ ${template}: ${oneLine(because)}`),
  ];
}

function heading({ build, template, urgent, regionBuilds }: BuildTemplateAnswer): string {
  if (build !== null)
    return `${urgent ? 'Emergency compilation initiated' : 'Compilation requested'} for ${template}`;
  return regionBuilds.some(({ outcome }) => outcome === 'refused')
    ? `Compilation refused for ${template}`
    : `Nothing to build for ${template}`;
}

function etaLines(answer: BuildTemplateAnswer): string[] {
  const { duration, endsAt } = answer.estimate;
  if (endsAt === null) return duration === null ? [] : [`ETA: ${roughly(duration)} after its start`];
  const left = roughly(Date.parse(endsAt) - Date.parse(answer.now));
  return [`ETA: ${left} (${when(endsAt, answer)})`];
}
