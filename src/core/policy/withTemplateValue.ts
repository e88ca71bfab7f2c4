import type { Instant } from '../words.ts';
import type { TemplatePolicy } from './policy.ts';
import { type PolicyText, withValue } from './withValue.ts';

/** What commands can say of one template, and the key that says it in a file. */
const KEYS = { mode: 'mode', popularityThreshold: 'popularity_threshold' } as const;

/** The policy with one value of one template changed; undefined if only a person can change its text. */
export function withTemplateValue<F extends keyof typeof KEYS>(
  deployed: PolicyText,
  template: string,
  { field, value }: { readonly field: F; readonly value: TemplatePolicy[F] },
  now: Instant,
): PolicyText | undefined {
  const { policy } = deployed;
  const overrides = { ...policy.templates[template], [field]: value };
  const wanted = { ...policy, templates: { ...policy.templates, [template]: overrides } };
  const key = `templates.${template}.${KEYS[field]}`;
  return withValue(deployed, { key, value: String(value), wanted }, now);
}
