import { iso } from '../../api/present/instants.ts';
import { templateAnswer } from '../../api/present/templates.ts';
import type { AnswerOf } from '../../api/routes.ts';
import { by } from '../../core/by.ts';
import { whyKept } from '../../core/desired/keptTemplates.ts';
import { type KeepingServices, readKeeping } from '../gathering/keeping.ts';

/** Every template that was applied, kept or not; what it says about architectures and base includes its parents'. */
export async function templates(services: KeepingServices): Promise<AnswerOf<'templates'>> {
  const keeping = await readKeeping(services);
  const { templates: all, resolution, policy, now } = keeping;
  const kept = whyKept(keeping);
  return {
    now: iso(now),
    zone: policy.zone,
    templates: [...all.values()].sort(by(({ slug }) => slug)).map((template) => {
      const own = templateAnswer(template);
      const why = kept.get(template.slug);
      const answer =
        own.kept !== null || why === undefined
          ? own
          : { ...own, kept: { since: null, because: why.because } };
      const resolved = resolution.templates.get(template.slug);
      return resolved === undefined
        ? answer
        : { ...answer, base: resolved.base, architectures: [...resolved.architectures] };
    }),
  };
}
