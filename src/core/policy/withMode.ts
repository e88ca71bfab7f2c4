import type { Instant, Mode } from '../words.ts';
import { type PolicyText, withValue } from './withValue.ts';
import { withTemplateValue } from './withTemplateValue.ts';

export interface ModeChange {
  readonly mode: Mode;
  /** Absent: for all. */
  readonly template?: string;
}

/** The policy with another mode; undefined if only a person can change its text. */
export function withMode(
  deployed: PolicyText,
  { mode, template }: ModeChange,
  now: Instant,
): PolicyText | undefined {
  if (template !== undefined)
    return withTemplateValue(deployed, template, { field: 'mode', value: mode }, now);
  const wanted = { ...deployed.policy, mode };
  return withValue(deployed, { key: 'mode', value: mode, wanted }, now);
}
