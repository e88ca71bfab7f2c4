import type { RemovalInput } from '../../core/images/removals.ts';
import { removalsPot } from '../../core/images/retire.ts';
import { inParallel } from '../../core/inParallel.ts';
import type { Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';

export type ImageServices = Pick<
  Services,
  'settings' | 'policies' | 'targets' | 'amis' | 'regionBuilds' | 'pots' | 'now'
>;

/**
 * All AMIs there ever were, or those of some templates, with everything that says which of them may leave; EC2 is not
 * asked.
 */
export async function gatherImages(services: ImageServices, only?: readonly string[]): Promise<RemovalInput> {
  const { settings, targets, amis, regionBuilds, pots, now } = services;
  // Targets first: an AMI that gives way after that is too young to leave.
  const [{ policy }, places, { builds }] = await Promise.all([
    currentPolicy(services),
    targets.all(),
    regionBuilds.open(),
  ]);
  const templates = only ?? [...new Set(places.map(({ template }) => template))];
  const at = now();
  const [found, [removed]] = await Promise.all([
    inParallel(templates, (template) => amis.of(template)),
    pots.balances([removalsPot(policy.zone, at)]),
  ]);
  return {
    amis: found.flat(),
    targets: places,
    open: builds,
    policy,
    regions: settings.regions.map(({ name }) => name),
    removedToday: removed?.reserved ?? 0,
    now: at,
  };
}
