import type { StaleInstanceAnswer } from '../../api/answers.ts';
import { iso, isoOrNull } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import type { BaseImageUpdate } from '../../core/base-images/pointer.ts';
import type { Ami } from '../../core/builds/target.ts';
import { by } from '../../core/by.ts';
import { inParallel } from '../../core/inParallel.ts';
import type { Instance } from '../../core/instances/instance.ts';
import { type Lacks, lacksOf } from '../../core/instances/lacks.ts';
import {
  leftAmis,
  type StaleInstance,
  staleInstances as whichAreStale,
} from '../../core/instances/staleInstances.ts';
import { SECURITY_LEVELS, targetKey } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { isConfigured, unconfigured } from '../../settings.ts';
import { type Catalogue, type CatalogueServices, readCatalogue } from '../gathering/catalogue.ts';
import { builtTemplates } from './builtTemplates.ts';

type StaleServices = CatalogueServices &
  Pick<Services, 'now' | 'settings' | 'log' | 'amis' | 'packageChecks' | 'instances'>;

type Answer = AnswerOf<'staleInstances'>;

/**
 * Instances of this account on older images, with their owners, and what each lacks of what is fixed since: to be told
 * to people, who decide when to launch anew. A region that does not answer does not stop the others.
 * @throws ApiError `not-found` for a template that does not exist
 */
export async function staleInstances(
  { template }: RequestOf<'staleInstances'>,
  services: StaleServices,
): Promise<Answer> {
  const [catalogue, slugs] = await Promise.all([readCatalogue(services), builtTemplates(template, services)]);
  const amis = (await inParallel(slugs, (slug) => services.amis.of(slug))).flat();
  const { found, problems } = await launchedFrom(leftAmis(amis, catalogue.targets), services);
  const stale = whichAreStale(found, amis, catalogue.targets);
  const lacks = await whatTheyLack(stale, amis, catalogue, services);
  const { zone } = catalogue.policy.policy;
  return {
    now: iso(services.now()),
    zone,
    instances: stale
      .map((each) => staleAnswer(each, lacks(each.ami)))
      .sort(
        by(
          (each) => SECURITY_LEVELS.indexOf(each.lacks.level),
          ({ since }) => (since === null ? 0 : Date.parse(since)),
          (each) => targetKey(each),
          ({ instanceId }) => instanceId,
        ),
      ),
    problems,
  };
}

/** Asks every region of this deployment for the instances of its AMIs. */
async function launchedFrom(
  amis: readonly Ami[],
  { instances, settings, log }: Pick<Services, 'instances' | 'settings' | 'log'>,
): Promise<{ readonly found: Instance[]; readonly problems: Answer['problems'] }> {
  const regions = [...new Set(amis.map(({ region }) => region))].sort();
  const found: Instance[] = [];
  const problems: Answer['problems'] = [];
  await inParallel(regions, async (region) => {
    if (!isConfigured(region, settings)) return void problems.push({ region, problem: unconfigured(region) });
    const ids = amis.filter((ami) => ami.region === region).map(({ amiId }) => amiId);
    try {
      found.push(...(await instances.launchedFrom(region, ids)));
    } catch (error) {
      log.warn('a region was not asked for its instances', { region, error });
      problems.push({ region, problem: error instanceof Error ? error.message : String(error) });
    }
  });
  return { found, problems: problems.sort(by(({ region }) => region)) };
}

/** Reads what is known of the bases and packages of those AMIs alone on which something runs. */
async function whatTheyLack(
  stale: readonly StaleInstance[],
  amis: readonly Ami[],
  { policy, targets, builtOn, rootBases }: Catalogue,
  services: Pick<Services, 'baseImages' | 'packageChecks' | 'amis'>,
): Promise<(ami: Ami) => Lacks> {
  const templates = [...new Set(stale.map(({ ami }) => ami.template))];
  const bases = new Set(templates.flatMap((slug) => rootBases.get(slug)?.name ?? []));
  const parents = new Set(templates.flatMap((slug) => ancestorsOf(slug, builtOn)));
  const [updates, checks, below] = await Promise.all([
    inParallel([...bases], async (base) => [base, await services.baseImages.updates(base)] as const),
    inParallel(templates, (slug) => services.packageChecks.of(slug)),
    inParallel([...parents], (slug) => services.amis.of(slug)),
  ]);
  const histories = new Map<string, readonly BaseImageUpdate[]>(updates);
  const checkOf = new Map(checks.flat().map((check) => [targetKey(check), check]));
  const standsOn = new Map([...amis, ...below.flat()].map((ami) => [ami.amiId, ami.baseImageId]));
  const rootOf = ({ baseImageId }: Pick<Ami, 'baseImageId'>): string => {
    let root = baseImageId;
    for (let parent = standsOn.get(root); parent !== undefined; parent = standsOn.get(root)) root = parent;
    return root;
  };
  const found = new Map(
    stale.map(({ ami, active }) => {
      const target = targets.get(targetKey(ami)) ?? {};
      const base = rootBases.get(ami.template)?.name ?? '';
      const ground = {
        target,
        updates: histories.get(base) ?? [],
        check: checkOf.get(targetKey(ami)),
        rootOf,
        policy: policy.policy,
      };
      return [ami, lacksOf(ami, active, ground)];
    }),
  );
  return (ami) => found.get(ami) ?? { level: 'unknown', cves: [], advisories: [] };
}

/** The templates on whose AMIs it is built, one on the other. */
function ancestorsOf(slug: string, builtOn: ReadonlyMap<string, string>): string[] {
  const parent = builtOn.get(slug);
  return parent === undefined ? [] : [parent, ...ancestorsOf(parent, builtOn)];
}

function staleAnswer(
  { instance, owner, ami, active, since, promotions }: StaleInstance,
  { level, cves, advisories }: Lacks,
): StaleInstanceAnswer {
  const { template, region, architecture } = ami;
  const { instanceId, state, launchedAt } = instance;
  return {
    template,
    region,
    architecture,
    instanceId,
    state,
    launchedAt: iso(launchedAt),
    owner,
    ami: { amiId: ami.amiId, baseRelease: ami.baseRelease, createdAt: iso(ami.createdAt) },
    active: { amiId: active.amiId, baseRelease: active.baseRelease },
    since: isoOrNull(since ?? undefined),
    promotions,
    lacks: { level, cves: [...cves], advisories: [...advisories] },
  };
}
