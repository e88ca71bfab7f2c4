import { without } from '../core/builds/compose.ts';
import type { KeptTemplate } from '../ports.ts';

/** Who pauses a template that keeps failing; people are named by their ARN. */
export const OURSELVES = 'auto-ami';

/** The template without the pause that its failures brought: another definition may do better. What a person said stays. */
export function withoutOurPause(template: KeptTemplate): KeptTemplate {
  return template.paused?.by === OURSELVES ? without(template, 'paused') : template;
}
