import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { without } from '../../core/builds/compose.ts';
import { templatePolicy } from '../../core/policy/templatePolicy.ts';
import { withTemplateValue } from '../../core/policy/withTemplateValue.ts';
import type { KeptTemplate } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { byWhom } from './byWhom.ts';
import { changeTemplate, type VerdictServices } from './changeTemplate.ts';
import { editPolicy, type EditServices } from './editPolicy.ts';
import { knownTemplate } from './knownTemplate.ts';

/**
 * Keeps a template from now on, and lets it be built, whoever disabled or paused it before. With a threshold of its own
 * the policy gets a new version that says so.
 */
export async function enableTemplate(
  { slug, reason, popularityThreshold }: RequestOf<'enableTemplate'>,
  { actor }: Caller,
  services: VerdictServices & EditServices,
): Promise<AnswerOf<'enableTemplate'>> {
  await knownTemplate(slug, services);
  const because = `enabled ${byWhom(actor, reason)}`;
  if (popularityThreshold !== undefined)
    await setThreshold(slug, popularityThreshold, { actor, reason: `${slug} ${because}` }, services);
  const answer = await changeTemplate(
    slug,
    (template, since): KeptTemplate | undefined => {
      const { kept = { since, because }, disabled, paused } = template;
      const isSo = template.kept !== undefined && disabled === undefined && paused === undefined;
      return isSo ? undefined : { ...without(template, 'disabled', 'paused'), kept };
    },
    services,
  );
  const { policy } = await currentPolicy(services);
  return { ...answer, popularityThreshold: templatePolicy(policy, slug).popularityThreshold };
}

async function setThreshold(
  slug: string,
  value: number,
  why: { readonly actor: string; readonly reason: string },
  services: EditServices,
): Promise<void> {
  await editPolicy(
    (deployed, now) =>
      templatePolicy(deployed.policy, slug).popularityThreshold === value
        ? 'same'
        : withTemplateValue(deployed, slug, { field: 'popularityThreshold', value }, now),
    why,
    services,
  );
}
