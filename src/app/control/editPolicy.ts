import { ApiError } from '../../api/errors.ts';
import type { PolicyText } from '../../core/policy/withValue.ts';
import type { Instant } from '../../core/words.ts';
import type { DeployedPolicy, Services } from '../../ports.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';

export type EditServices = Pick<Services, 'policies' | 'firstPolicy' | 'now' | 'log'>;

/** The edited policy; `same`: it says so already. Undefined: only a person can change its text. */
export type Edit = (deployed: DeployedPolicy, now: Instant) => PolicyText | 'same' | undefined;

/** How often another change of the policy may come in between. */
const TRIES = 5;

/**
 * Makes an edit of the deployed policy its next version, decided anew where somebody else was first: nobody's change
 * is lost. Answers the version that was there before.
 * @throws ApiError `refused` where the text cannot be edited, `conflict`
 */
export async function editPolicy(
  edit: Edit,
  { actor, reason }: { readonly actor: string; readonly reason: string },
  services: EditServices,
): Promise<DeployedPolicy> {
  for (let tries = 0; tries < TRIES; tries++) {
    const deployed = await seedFirstPolicy(services);
    const changedAt = services.now();
    const edited = edit(deployed, changedAt);
    if (edited === 'same') return deployed;
    if (edited === undefined)
      throw new ApiError(
        'refused',
        'The text of the policy cannot be changed by itself: write it into its file, and apply that.',
      );
    const version = deployed.version + 1;
    if (await services.policies.save({ ...edited, version, changedAt, changedBy: actor, reason }))
      return deployed;
  }
  throw new ApiError('conflict', 'The policy is being changed by others; try again.');
}
