import { templatePolicy } from '../templatePolicy.ts';
import { MANUAL, POPULARITY_OFF } from './switchWarnings.ts';
import type { Checked } from './checked.ts';

/** What single templates say of their own, and what holds for all lets it do nothing. */
export function warnOfTemplates({ said, policy, warn }: Checked): void {
  for (const [name, own] of Object.entries(said.templates ?? {})) {
    const path = (key: keyof typeof own): string => `templates.${name}.${key}`;
    const { promotion, soak } = templatePolicy(policy, name);
    if (policy.mode === 'stopped' && own.mode !== undefined && own.mode !== 'stopped') {
      const instead = `this one is stopped too, and ${own.mode} when that is not so any more`;
      warn(path('mode'), 'the mode of all templates is stopped', instead);
    }
    if (!policy.popularity.enabled && own.popularity_threshold !== undefined) {
      warn(path('popularity_threshold'), ...POPULARITY_OFF);
    }
    if (promotion === 'manual' && soak > 0) {
      if (own.soak !== undefined) warn(path('soak'), ...MANUAL);
      else if (own.promotion !== undefined) warn(path('promotion'), ...MANUAL);
    }
  }
}
