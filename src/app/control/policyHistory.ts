import { iso } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import { diffPolicies } from '../../core/policy/diffPolicies.ts';
import type { Services } from '../../ports.ts';
import { BUILT_IN_POLICY, seedFirstPolicy } from '../currentPolicy.ts';

/** Every change of the policy with who, when and why, and what it changed in meaning; newest first. */
export async function policyHistory(
  { limit }: RequestOf<'policyHistory'>,
  services: Pick<Services, 'policies' | 'firstPolicy' | 'now' | 'log'>,
): Promise<AnswerOf<'policyHistory'>> {
  const { policy } = await seedFirstPolicy(services);
  const versions = await services.policies.history(limit + 1);
  return {
    now: iso(services.now()),
    zone: policy.zone,
    versions: versions.slice(0, limit).map(({ version, changedAt, changedBy, reason, ...after }, index) => {
      const before = versions[index + 1] ?? BUILT_IN_POLICY;
      return {
        version,
        changedAt: iso(changedAt),
        changedBy,
        reason,
        changes: [...diffPolicies(before.policy, after.policy)],
      };
    }),
  };
}
