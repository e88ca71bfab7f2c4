import { amiAnswer } from '../../api/present/images.ts';
import { iso } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import type { AmiState } from '../../core/builds/target.ts';
import { by } from '../../core/by.ts';
import type { Services } from '../../ports.ts';
import { amiParameterName } from '../../settings.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { inParallel } from '../../core/inParallel.ts';
import { builtTemplates } from './builtTemplates.ts';

/** What is there no more; shown only to those who ask for all. */
const GONE: readonly AmiState[] = ['failed', 'disabled', 'deregistered'];

/** AMIs by template, region and architecture, newest first within one. */
export async function images(
  { template, all }: RequestOf<'images'>,
  services: Pick<Services, 'now' | 'settings' | 'policies' | 'templates' | 'targets' | 'amis'>,
): Promise<AnswerOf<'images'>> {
  const [policy, slugs] = await Promise.all([currentPolicy(services), builtTemplates(template, services)]);
  const amis = await inParallel(slugs, (slug) => services.amis.of(slug));
  return {
    now: iso(services.now()),
    zone: policy.policy.zone,
    images: amis
      .flat()
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
        amiAnswer(ami, amiParameterName(services.settings.amiParameter, ami.template, ami.architecture)),
      ),
  };
}
