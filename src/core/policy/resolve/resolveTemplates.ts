import type { SaidPolicy } from '../keys/policyKeys.ts';
import type { Policy, TemplatePolicy } from '../policy.ts';

type SaidTemplate = NonNullable<SaidPolicy['templates']>[string];

/** The overrides in the program's words: what a template does not say is not there. */
export function resolveTemplates(said: NonNullable<SaidPolicy['templates']>): Policy['templates'] {
  return Object.fromEntries(
    Object.entries(said).map(([name, template]) => [name, resolveTemplate(template)]),
  );
}

function resolveTemplate(said: SaidTemplate): Partial<TemplatePolicy> {
  return {
    ...(said.mode !== undefined && { mode: said.mode }),
    ...(said.popularity_threshold !== undefined && { popularityThreshold: said.popularity_threshold }),
    ...(said.strategy !== undefined && { strategy: said.strategy }),
    ...(said.max_cost !== undefined && { maxCost: said.max_cost }),
    ...(said.minimum_age !== undefined && { minimumAge: said.minimum_age }),
    ...(said.security_window !== undefined && {
      securityWindow: said.security_window === 'never' ? null : said.security_window,
    }),
    ...(said.promotion !== undefined && { promotion: said.promotion }),
    ...(said.soak !== undefined && { soak: said.soak }),
    ...(said.regions !== undefined && { regions: said.regions }),
  };
}
