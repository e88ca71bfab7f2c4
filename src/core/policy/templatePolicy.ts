import type { Policy, TemplatePolicy } from './policy.ts';

/** What holds for one template: its own overrides over the deployment's values. */
export function templatePolicy(policy: Policy, template: string): TemplatePolicy {
  const overrides = Object.hasOwn(policy.templates, template) ? policy.templates[template] : undefined;
  return overrides === undefined ? policy : { ...ofAll(policy), ...overrides };
}

function ofAll(policy: Policy): TemplatePolicy {
  const {
    mode,
    popularityThreshold,
    strategy,
    maxCost,
    minimumAge,
    securityWindow,
    promotion,
    soak,
    regions,
  } = policy;
  return {
    mode,
    popularityThreshold,
    strategy,
    maxCost,
    minimumAge,
    securityWindow,
    promotion,
    soak,
    regions,
  };
}
