import { amiAnswer } from '../../api/present/images.ts';
import { iso } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import type { AmiState } from '../../core/builds/target.ts';
import { by } from '../../core/by.ts';
import { removals } from '../../core/images/removals.ts';
import type { Services } from '../../ports.ts';
import { amiParameterName } from '../../settings.ts';
import { gatherImages, type ImageServices } from '../retire/gatherImages.ts';
import { builtTemplates } from './builtTemplates.ts';

/** What is there no more; shown only to those who ask for all. */
const GONE: readonly AmiState[] = ['failed', 'disabled', 'deregistered'];

/**
 * AMIs by template, region and architecture, newest first within one, each with its next step if it is on its way out.
 */
export async function images(
  { template, all }: RequestOf<'images'>,
  services: ImageServices & Pick<Services, 'templates'>,
): Promise<AnswerOf<'images'>> {
  const input = await gatherImages(services, await builtTemplates(template, services));
  const leaving = new Map(removals(input).map((removal) => [removal.ami.amiId, removal]));
  return {
    now: iso(input.now),
    zone: input.policy.zone,
    images: input.amis
      .filter(({ state }) => all || !GONE.includes(state))
      .sort(
        by(
          (ami) => ami.template,
          ({ region }) => region,
          ({ architecture }) => architecture,
          ({ createdAt }) => -createdAt,
          ({ amiId }) => amiId,
        ),
      )
      .map((ami) =>
        amiAnswer(
          ami,
          amiParameterName(services.settings.amiParameter, ami.template, ami.architecture),
          leaving.get(ami.amiId),
        ),
      ),
  };
}
