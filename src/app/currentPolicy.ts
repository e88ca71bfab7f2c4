import { parsePolicy } from '../core/policy/parsePolicy.ts';
import { DEFAULT_POLICY } from '../core/policy/policy.ts';
import type { DeployedPolicy, Services } from '../ports.ts';

/** The policy of a deployment that nobody has given one: it observes, and says so as version 0. */
export const BUILT_IN_POLICY: DeployedPolicy = {
  version: 0,
  text: '',
  policy: DEFAULT_POLICY,
  changedAt: 0,
  changedBy: '',
  reason: '',
};

/** The deployed policy, or the built-in one as version 0. */
export async function currentPolicy({ policies }: Pick<Services, 'policies'>): Promise<DeployedPolicy> {
  return (await policies.current()) ?? BUILT_IN_POLICY;
}

/** Who is named for the version that a deployment begins with. */
const DEPLOYMENT = 'the deployment';

/**
 * The deployed policy; where there is none yet, the one the deployment was configured with becomes version 1
 * (docs/adr/0004). Whoever comes second finds the first one's.
 */
export async function seedFirstPolicy(
  services: Pick<Services, 'policies' | 'firstPolicy' | 'now' | 'log'>,
): Promise<DeployedPolicy> {
  const { policies, firstPolicy, log } = services;
  const deployed = await policies.current();
  if (deployed !== undefined) return deployed;
  const text = await firstPolicy.read();
  if (text === undefined) return BUILT_IN_POLICY;
  const now = services.now();
  const parsed = parsePolicy(text, { now });
  if (!parsed.ok) {
    log.error('the first policy is broken', { problems: parsed.problems });
    return BUILT_IN_POLICY;
  }
  const first: DeployedPolicy = {
    version: 1,
    text,
    policy: parsed.policy,
    changedAt: now,
    changedBy: DEPLOYMENT,
    reason: 'the policy this deployment was configured with',
  };
  return (await policies.save(first)) ? first : currentPolicy(services);
}
