import { ApiError } from '../../api/errors.ts';
import { policyProblem, policyWarning } from '../../api/present/problems.ts';
import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { diffPolicies } from '../../core/policy/diffPolicies.ts';
import { parsePolicy } from '../../core/policy/parsePolicy.ts';
import { policyInWords } from '../../core/policy/policyInWords.ts';
import { textWithValues } from '../../core/policy/withValue.ts';
import type { DeployedPolicy, Services } from '../../ports.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { type ContextServices, policyContext } from './policyContext.ts';

type ChangeServices = ContextServices & Pick<Services, 'policies' | 'firstPolicy' | 'log'>;
type Request = RequestOf<'changePolicy'>;

/** How often another change of the policy may come in between. */
const TRIES = 5;

/**
 * Checks a policy text, or makes it the next version; or sets single values in the text that is deployed. A text that
 * is deployed already applies nothing: sending the same one twice makes one version. What somebody else changed since
 * it was read is never overwritten unseen: single values are set anew in what that one left, a whole text is refused.
 * @throws ApiError `invalid` with every problem of the text, `conflict` if somebody else was first
 */
export async function changePolicy(
  request: Request,
  caller: Caller,
  services: ChangeServices,
): Promise<AnswerOf<'changePolicy'>> {
  const tries = request.set === undefined ? 1 : TRIES;
  for (let tried = 0; tried < tries; tried++) {
    const answer = await tryToChange(request, caller, services);
    if (answer !== undefined) return answer;
  }
  const current = await services.policies.current();
  throw new ApiError(
    'conflict',
    `${current?.changedBy ?? 'Somebody else'} changed the policy at the same time (version ${current?.version ?? 0}). See what it says now, and apply again.`,
  );
}

/** Undefined if somebody else made the next version, and not of the same text. */
async function tryToChange(
  request: Request,
  { actor }: Caller,
  services: ChangeServices,
): Promise<AnswerOf<'changePolicy'> | undefined> {
  const deployed = await seedFirstPolicy(services);
  const { text, source } = wantedText(request, deployed);
  const parsed = parsePolicy(text, { ...(await policyContext(deployed, services)), ...source });
  if (!parsed.ok)
    throw new ApiError(
      'invalid',
      `${source.source ?? 'The text'} is not a policy; nothing was changed.`,
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
  if (request.check || text === deployed.text) return answer;
  const version = deployed.version + 1;
  const saved = await services.policies.save({
    version,
    text,
    policy,
    changedAt: services.now(),
    changedBy: actor,
    reason: request.reason,
  });
  if (saved) return { ...answer, applied: true, version };
  const current = await services.policies.current();
  return current?.text === text ? { ...answer, version: current.version, changes: [] } : undefined;
}

/** The text that is to hold, and what to call it in messages. */
function wantedText(
  { text, file, set }: Request,
  deployed: DeployedPolicy,
): { readonly text: string; readonly source: { readonly source?: string } } {
  if (set !== undefined) {
    const edited = textWithValues(deployed.text, set);
    if (edited !== undefined) return { text: edited, source: { source: 'The policy with these values' } };
    throw new ApiError(
      'refused',
      'The text of the policy cannot be changed by itself: write these values into its file, and apply that.',
    );
  }
  return { text: text ?? '', source: file === undefined ? {} : { source: file } };
}
