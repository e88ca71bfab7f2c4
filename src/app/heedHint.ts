import { recentLaunches } from '../core/desired/popularity.ts';
import { type Launch, launchesNeededSince } from '../core/launches.ts';
import { templatePolicy } from '../core/policy/templatePolicy.ts';
import type { Services } from '../ports.ts';
import { currentPolicy } from './currentPolicy.ts';
import { type BuildsRequested, requestBuilds, type RequestServices } from './requestBuilds.ts';

type HintServices = RequestServices & Pick<Services, 'launches'>;

/** What a hint has led to: a look at all that may be missing, or a launch that was counted. */
export interface Heeded {
  readonly counted: boolean;
  readonly looked: BuildsRequested | null;
}

/**
 * Heeds what may make builds necessary. A launch is counted, once; only the one that makes its template popular is worth
 * a look at everything. If two meet there and neither sees itself as that one, the slow tick looks.
 */
export async function heedHint(
  hint: object & { readonly launch?: Launch | null },
  services: HintServices,
): Promise<Heeded> {
  const { launch } = hint;
  if (launch === undefined) return { counted: false, looked: await requestBuilds(hint, services) };
  if (launch === null) return { counted: false, looked: null };
  const [{ policy }, known] = await Promise.all([
    currentPolicy(services),
    services.templates.get(launch.template),
  ]);
  const now = services.now();
  const since = launchesNeededSince(policy, now);
  if (known === undefined || since === null) return { counted: false, looked: null };
  await services.launches.note(launch);
  const launches = await services.launches.since(since);
  const { popularityThreshold } = templatePolicy(policy, launch.template);
  const isTheOne =
    policy.popularity.enabled &&
    recentLaunches(launch.template, { policy, launches, now }) === popularityThreshold;
  return { counted: true, looked: isTheOne ? await requestBuilds(hint, services) : null };
}
