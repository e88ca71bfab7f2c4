import type { Keeping } from '../../core/desired/keptTemplates.ts';
import { type LaunchDay, popularitySince } from '../../core/launches.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Instant } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { type Catalogue, type CatalogueServices, readCatalogue } from './catalogue.ts';

export type KeepingServices = CatalogueServices & Pick<Services, 'launches' | 'now'>;

/** Reads which templates are kept, and what they are made of. */
export async function readKeeping(
  services: KeepingServices,
): Promise<Omit<Catalogue, 'policy'> & Pick<Keeping, 'policy' | 'launches' | 'now'>> {
  const now = services.now();
  const { policy, ...catalogue } = await readCatalogue(services);
  return {
    ...catalogue,
    policy: policy.policy,
    now,
    launches: await popularLaunches(policy.policy, now, services),
  };
}

/** Launches as far back as they make templates popular. */
export async function popularLaunches(
  policy: Policy,
  now: Instant,
  { launches }: Pick<Services, 'launches'>,
): Promise<readonly LaunchDay[]> {
  const since = popularitySince(policy, now);
  return since === null ? [] : launches.since(since);
}
