import { iso } from '../../api/present/instants.ts';
import { templateAnswer } from '../../api/present/templates.ts';
import type { AnswerOf } from '../../api/routes.ts';
import { by } from '../../core/by.ts';
import { resolveInheritance } from '../../core/template/resolveInheritance.ts';
import type { Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';

/** Every template that was applied, kept or not; what it says about architectures and base includes its parents'. */
export async function templates(
  services: Pick<Services, 'now' | 'policies' | 'templates'>,
): Promise<AnswerOf<'templates'>> {
  const [policy, all] = await Promise.all([currentPolicy(services), services.templates.all()]);
  const resolution = resolveInheritance(all.map(({ definition }) => definition));
  return {
    now: iso(services.now()),
    zone: policy.policy.zone,
    templates: [...all].sort(by(({ slug }) => slug)).map((template) => {
      const answer = templateAnswer(template);
      const resolved = resolution.templates.get(template.slug);
      return resolved === undefined
        ? answer
        : { ...answer, base: resolved.base, architectures: [...resolved.architectures] };
    }),
  };
}
