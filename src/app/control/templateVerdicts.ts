import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { without } from '../../core/builds/compose.ts';
import type { KeptTemplate } from '../../ports.ts';
import { changeTemplate, type VerdictServices } from './changeTemplate.ts';

type Answer = AnswerOf<'pauseTemplate'>;

/** Nothing is built for a disabled template; its notices go on, and `status` says so (design §4, Protection). */
export async function disableTemplate(
  request: RequestOf<'disableTemplate'>,
  caller: Caller,
  services: VerdictServices,
): Promise<Answer> {
  return say('disabled', request, caller, services);
}

/** What is queued for a paused template waits where it is, as after failures in a row; nothing more is asked for. */
export async function pauseTemplate(
  request: RequestOf<'pauseTemplate'>,
  caller: Caller,
  services: VerdictServices,
): Promise<Answer> {
  return say('paused', request, caller, services);
}

/** Ends a pause, also one that failures in a row began; a template that is disabled stays so. */
export async function unpauseTemplate(
  { slug }: RequestOf<'unpauseTemplate'>,
  services: VerdictServices,
): Promise<Answer> {
  return changeTemplate(
    slug,
    (template) => (template.paused === undefined ? undefined : without(template, 'paused')),
    services,
  );
}

/** The same person saying the same again changes nothing, also not the time at which it was said. */
function say(
  verdict: 'disabled' | 'paused',
  { slug, reason }: { readonly slug: string; readonly reason: string },
  { actor: by }: Caller,
  services: VerdictServices,
): Promise<Answer> {
  return changeTemplate(
    slug,
    (template, at): KeptTemplate | undefined => {
      const said = template[verdict];
      return said?.by === by && said.reason === reason
        ? undefined
        : { ...template, [verdict]: { at, by, reason } };
    },
    services,
  );
}
