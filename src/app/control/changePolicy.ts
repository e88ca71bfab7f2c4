import { ApiError } from '../../api/errors.ts';
import { policyProblem, policyWarning } from '../../api/present/problems.ts';
import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { diffPolicies } from '../../core/policy/diffPolicies.ts';
import { parsePolicy } from '../../core/policy/parsePolicy.ts';
import { policyInWords } from '../../core/policy/policyInWords.ts';
import type { Services } from '../../ports.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { type ContextServices, policyContext } from './policyContext.ts';

/**
 * Checks a policy text, or makes it the next version. A text that is deployed already applies nothing: sending the
 * same one twice makes one version. What somebody else changed since it was read is never overwritten unseen.
 * @throws ApiError `invalid` with every problem of the text, `conflict` if somebody else was first
 */
export async function changePolicy(
  { text, file, reason, check }: RequestOf<'changePolicy'>,
  { actor }: Caller,
  services: ContextServices & Pick<Services, 'policies' | 'firstPolicy' | 'log'>,
): Promise<AnswerOf<'changePolicy'>> {
  const deployed = await seedFirstPolicy(services);
  const context = await policyContext(deployed, services);
  const parsed = parsePolicy(text, { ...context, ...(file === undefined ? {} : { source: file }) });
  if (!parsed.ok)
    throw new ApiError(
      'invalid',
      `${file ?? 'The text'} is not a policy; nothing was changed.`,
      parsed.problems.map(policyProblem),
    );
  const { policy, warnings } = parsed;
  const answer = {
    applied: false,
    version: deployed.version,
    policy,
    meaning: [...policyInWords(policy)],
    changes: [...diffPolicies(deployed.policy, policy)],
    warnings: warnings.map(policyWarning),
  };
  if (check || text === deployed.text) return answer;
  const version = deployed.version + 1;
  const saved = await services.policies.save({
    version,
    text,
    policy,
    changedAt: services.now(),
    changedBy: actor,
    reason,
  });
  if (saved) return { ...answer, applied: true, version };
  const current = await services.policies.current();
  if (current?.text === text) return { ...answer, version: current.version, changes: [] };
  throw new ApiError(
    'conflict',
    `${current?.changedBy ?? 'Somebody else'} changed the policy at the same time (version ${current?.version ?? version}). See what it says now, and apply again.`,
  );
}
