import type { EnableTemplateAnswer, TemplateAnswer, TemplateChangedAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';

/** `python-ml is disabled: prefer-fresh-builds`: what holds for the template now. */
export function templateChangedView({ template, changed }: TemplateChangedAnswer): string[] {
  return [`${template.slug} ${changed ? 'is' : 'was already'} ${stateInWords(template)}`];
}

/** The same, and how to have built what failed before: nothing asks for that again by itself. */
export function unpausedView(answer: TemplateChangedAnswer): string[] {
  const { changed, template } = answer;
  const isFree = template.disabled === null;
  return [
    ...templateChangedView(answer),
    ...(changed && isFree
      ? [`An image that failed is not tried again by itself: cws templates auto-ami build ${template.slug}`]
      : []),
  ];
}

/** The same, with what makes it popular. */
export function enabledView(answer: EnableTemplateAnswer): string[] {
  return [...templateChangedView(answer), `Popularity threshold: ${answer.popularityThreshold} launches`];
}

function stateInWords({ disabled, paused, kept }: TemplateAnswer): string {
  if (disabled !== null) return `disabled: ${oneLine(disabled.reason)}. Nothing is built for it.`;
  if (paused !== null) return `paused: ${oneLine(paused.reason)}. What is queued for it waits.`;
  return kept === null
    ? 'enabled, and not kept: nothing is built until somebody asks for it.'
    : 'enabled and kept: it is rebuilt whenever its base image moves.';
}
