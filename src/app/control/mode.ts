import { ApiError } from '../../api/errors.ts';
import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { templatePolicy } from '../../core/policy/templatePolicy.ts';
import { withMode } from '../../core/policy/withMode.ts';
import type { Mode } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { cancelRegionBuilds, type CancelServices } from './cancelRegionBuilds.ts';
import { notFound } from './notFound.ts';

type ModeServices = CancelServices & Pick<Services, 'policies' | 'firstPolicy' | 'templates'>;

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
  if (template !== undefined) await mustExist(template, services);
  const because = reason ?? `mode ${wanted}`;
  const previous = await setMode({ mode: wanted, template, reason: because, actor }, services);
  const cancelled = cancelRunning ? await cancelAll(template, `by ${actor}: ${because}`, services) : [];
  return { template: template ?? null, mode: wanted, previous, cancelled };
}

async function mustExist(slug: string, { templates }: ModeServices): Promise<void> {
  if ((await templates.get(slug)) !== undefined) return;
  const all = await templates.all();
  throw notFound(
    'template',
    slug,
    all.map((template) => template.slug),
  );
}

interface WantedMode {
  readonly mode: Mode;
  readonly template: string | undefined;
  readonly reason: string;
  readonly actor: string;
}

/** How often another change of the policy may come in between. */
const TRIES = 5;

/** Answers the mode that was there before. */
async function setMode(wanted: WantedMode, services: ModeServices): Promise<Mode> {
  const { template, actor: changedBy, reason } = wanted;
  for (let tries = 0; tries < TRIES; tries++) {
    const deployed = await seedFirstPolicy(services);
    const { policy, version } = deployed;
    const previous = template === undefined ? policy.mode : templatePolicy(policy, template).mode;
    if (previous === wanted.mode) return previous;
    const changedAt = services.now();
    const change = { mode: wanted.mode, ...(template === undefined ? {} : { template }) };
    const changed = withMode(deployed, change, changedAt);
    if (changed === undefined)
      throw new ApiError(
        'refused',
        'The text of the policy cannot be changed by itself: write the mode into its file, and apply that.',
      );
    if (await services.policies.save({ ...changed, version: version + 1, changedAt, changedBy, reason }))
      return previous;
  }
  throw new ApiError('conflict', 'The policy is being changed by others; try again.');
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
