import { ApiError } from '../../api/errors.ts';
import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { templatePolicy } from '../../core/policy/templatePolicy.ts';
import { withMode } from '../../core/policy/withMode.ts';
import type { PolicyText } from '../../core/policy/withValue.ts';
import type { Mode } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { cancelRegionBuilds, type CancelServices } from './cancelRegionBuilds.ts';
import { editPolicy, type EditServices } from './editPolicy.ts';
import { knownTemplate } from './knownTemplate.ts';

type ModeServices = CancelServices & EditServices & Pick<Services, 'templates'>;

/**
 * Changes what the system may do, for all or for one template: a new version of the policy in which nothing else is
 * different. With `stopped` it can also cancel what runs; what waits stays where it is.
 */
export async function mode(
  { mode: wanted, template, reason, cancelRunning }: RequestOf<'mode'>,
  { actor }: Caller,
  services: ModeServices,
): Promise<AnswerOf<'mode'>> {
  if (cancelRunning && wanted !== 'stopped')
    throw new ApiError('bad-request', `Only the mode stopped cancels what runs, not ${wanted}.`);
  if (template !== undefined) await knownTemplate(template, services);
  const because = reason ?? `mode ${wanted}`;
  const previous = await setMode(wanted, template, { actor, reason: because }, services);
  const cancelled = cancelRunning ? await cancelAll(template, `by ${actor}: ${because}`, services) : [];
  return { template: template ?? null, mode: wanted, previous, cancelled };
}

/** Answers the mode that was there before. */
async function setMode(
  wanted: Mode,
  template: string | undefined,
  why: { readonly actor: string; readonly reason: string },
  services: ModeServices,
): Promise<Mode> {
  const modeIn = ({ policy }: PolicyText) =>
    template === undefined ? policy.mode : templatePolicy(policy, template).mode;
  const change = { mode: wanted, ...(template === undefined ? {} : { template }) };
  const before = await editPolicy(
    (deployed, now) => (modeIn(deployed) === wanted ? 'same' : withMode(deployed, change, now)),
    why,
    services,
  );
  return modeIn(before);
}

/** Ends everything that has begun to cost; what is queued is left, since nothing of it runs while the mode is stopped. */
async function cancelAll(template: string | undefined, because: string, services: ModeServices) {
  const { builds } = await services.regionBuilds.open();
  const running = builds.filter(
    (build) => build.status !== 'queued' && (template === undefined || build.template === template),
  );
  return cancelRegionBuilds(
    running.map(({ id }) => id),
    because,
    services,
  );
}
