import { isoOrNull } from '../../api/present/instants.ts';
import { policyWarning } from '../../api/present/problems.ts';
import type { AnswerOf } from '../../api/routes.ts';
import { parsePolicy } from '../../core/policy/parsePolicy.ts';
import { policyInWords } from '../../core/policy/policyInWords.ts';
import type { Services } from '../../ports.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { type ContextServices, policyContext } from './policyContext.ts';

/** The policy that holds, what each key of it means, and what of it cannot take effect as written. */
export async function policy(
  services: ContextServices & Pick<Services, 'policies' | 'firstPolicy' | 'log'>,
): Promise<AnswerOf<'policy'>> {
  const deployed = await seedFirstPolicy(services);
  const { version, text, changedAt, changedBy, reason } = deployed;
  const isOurs = version === 0;
  const parsed = isOurs ? undefined : parsePolicy(text, await policyContext(deployed, services));
  return {
    version,
    text,
    policy: deployed.policy,
    meaning: [...policyInWords(deployed.policy)],
    changedAt: isOurs ? null : isoOrNull(changedAt),
    changedBy: isOurs ? null : changedBy,
    reason: isOurs ? null : reason,
    warnings: parsed?.ok === true ? parsed.warnings.map(policyWarning) : [],
  };
}
