import { ApiError } from '../../../api/errors.ts';
import { modeOf } from '../../../core/decide/modeOf.ts';
import type { ResolvedTemplate } from '../../../core/template/template.ts';
import type { KeptTemplate } from '../../../ports.ts';
import type { Gathered } from '../../gatherPlanInput.ts';
import { notFound } from '../notFound.ts';

/**
 * The template a build is asked of.
 * @throws ApiError `not-found`, or `refused` if it cannot be put together, is disabled, or the mode is stopped
 */
export function buildable(
  slug: string,
  { templates, resolution, policy: { policy } }: Pick<Gathered, 'templates' | 'resolution' | 'policy'>,
): { readonly kept: KeptTemplate; readonly template: ResolvedTemplate } {
  const kept = templates.get(slug);
  if (kept === undefined) throw notFound('template', slug, templates.keys());
  const template = resolution.templates.get(slug);
  if (template === undefined) {
    const problems = resolution.problems.filter((problem) => problem.template === slug);
    throw new ApiError(
      'refused',
      `${slug} cannot be put together: apply it again with what it needs.`,
      problems.map(({ message, suggestion }) => ({
        message,
        ...(suggestion === undefined ? {} : { suggestion }),
      })),
    );
  }
  if (kept.disabled !== undefined)
    throw new ApiError(
      'refused',
      `${slug} was disabled by ${kept.disabled.by}: ${kept.disabled.reason}. Nothing is built for it until it is enabled.`,
    );
  if (modeOf(slug, policy) === 'stopped') {
    const whose = policy.mode === 'stopped' ? 'The mode' : `The mode for ${slug}`;
    throw new ApiError('refused', `${whose} is stopped: nothing is asked for until it is another.`);
  }
  return { kept, template };
}
