import { explain } from '../../core/builds/compose.ts';
import type { ActiveAmi, TargetState } from '../../core/builds/target.ts';
import { changesNothing, modeOf } from '../../core/decide/modeOf.ts';
import { targetKey } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { amiParameterName } from '../../settings.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { type ParameterServices, publishActive } from '../publishActive.ts';
import { anyway } from '../anyway.ts';

type MendingServices = ParameterServices & Pick<Services, 'policies' | 'log'>;

interface Published extends TargetState {
  readonly active: ActiveAmi;
}

/**
 * Compares the parameters with the AMIs that are active, and puts what differs: somebody overwrote or deleted one by
 * hand, or a publisher that met a rollback died after its put. `stopped` and `observe` change nothing in the account
 * (design §4, Mode), and what is pending is published by whoever promoted it.
 */
export async function mendParameters(services: MendingServices): Promise<void> {
  const [{ policy }, targets] = await Promise.all([currentPolicy(services), services.targets.all()]);
  // Read after the targets: what is active and not among these was published.
  const pending = new Set((await services.amis.unpublished()).map(({ amiId }) => amiId));
  const mayBePut = ({ template, active }: TargetState): boolean => {
    return active !== undefined && !pending.has(active.amiId) && !changesNothing(modeOf(template, policy));
  };
  const published = targets.filter((target): target is Published => mayBePut(target));
  const regions = services.settings.regions.map(({ name }) => name);
  await anyway(
    regions.filter((name) => published.some(({ region }) => region === name)),
    (name) => `parameters in ${name}`,
    (name) =>
      mendRegion(
        name,
        published.filter(({ region }) => region === name),
        services,
      ),
    services.log,
  );
}

async function mendRegion(
  region: string,
  published: readonly Published[],
  services: MendingServices,
): Promise<void> {
  const { amiParameters, settings, log } = services;
  const nameOf = ({ template, architecture }: Published) =>
    amiParameterName(settings.amiParameter, template, architecture);
  const values = await amiParameters.several(region, published.map(nameOf));
  await anyway(
    published.filter((place) => values.get(nameOf(place)) !== place.active.amiId),
    targetKey,
    async (place) => {
      const name = nameOf(place);
      await mend(place, { name, reads: values.get(name) ?? 'nothing' }, services);
    },
    log,
  );
}

/** What is active is read again: it may have changed since, and then its publisher did it. */
async function mend(
  place: Published,
  { name, reads }: { readonly name: string; readonly reads: string },
  services: MendingServices,
): Promise<void> {
  if (!(await publishActive(place, services))) return;
  const { region, active } = place;
  services.log.warn('a published AMI id was mended', { parameter: name, region, reads, amiId: active.amiId });
  const because = `${name} in ${region} read ${reads} and not the active AMI, and was put again`;
  await services.commits.commit([
    explain(active.regionBuild, { at: services.now(), rule: 'mended', because }),
  ]);
}
