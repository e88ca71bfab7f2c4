import type { EnableTemplateAnswer, TemplateAnswer, TemplateChangedAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';

/** `python-ml is disabled: prefer-fresh-builds`: what holds for the template now. */
export function templateChangedView({ template, changed }: TemplateChangedAnswer): string[] {
  return [`${template.slug} ${changed ? 'is' : 'was already'} ${stateInWords(template)}`];
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
