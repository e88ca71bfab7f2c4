import type { BudgetAnswer, ParkedAnswer, PotAnswer, ReservationAnswer } from '../../api/answers.ts';
import { iso, isoOrNull } from '../../api/present/instants.ts';
import type { AnswerOf } from '../../api/routes.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { Ami, AmiState } from '../../core/builds/target.ts';
import { sizeOf } from '../../core/decide/estimateBuild.ts';
import { outlook } from '../../core/decide/outlook.ts';
import type { Outcome } from '../../core/decide/outcome.ts';
import { type PotReport, potReports } from '../../core/decide/potReports.ts';
import { recurringCost } from '../../core/money/estimate.ts';
import { grantKey } from '../../core/money/potKeys.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { MicroDollars, Target } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { type Gathered, gatherPlanInput } from '../gatherPlanInput.ts';
import { inParallel } from '../../core/inParallel.ts';
import { builtTemplates } from './builtTemplates.ts';
import type { OutlookServices } from './openNow.ts';
import { type MissingServices, missingNow, savedBy } from './plan/missingNow.ts';

/** Every pot with what it holds and what will probably become of it, what is reserved, and what is parked until when. */
export async function budget(
  services: OutlookServices & MissingServices & Pick<Services, 'amis'>,
): Promise<AnswerOf<'budget'>> {
  const { policy } = await seedFirstPolicy(services);
  const [open, images, spared] = await Promise.all([
    services.regionBuilds.open(),
    keptImages(services),
    sparedNow(policy, services),
  ]);
  const gathered = await gatherPlanInput(open, services, { places: [...images, ...spared] });
  const { input } = gathered;
  const seen = outlook(input, open.waiting);
  return {
    now: iso(input.now),
    zone: input.policy.zone,
    pots: potReports(input, seen).map((report) => potAnswer(report, input.policy)),
    reservations: input.running.flatMap(reservationAnswer),
    parked: [...seen.outcomes.values()].flatMap((outcome) => parkedAnswer(outcome, gathered)),
    keeping: keeping(images, gathered),
    dormant: { builds: spared.length, saves: sumOf(spared.map((target) => savedBy(target, gathered))) },
  };
}

/** The builds that dormancy spares as things are. */
async function sparedNow({ dormancy }: Policy, services: MissingServices): Promise<Target[]> {
  if (dormancy.launches === 0) return [];
  const { passed } = await missingNow(services);
  return passed.flatMap(({ spares }) => spares ?? []);
}

/** `null` as soon as one of them is not known. */
function sumOf(costs: readonly (MicroDollars | null)[]): MicroDollars | null {
  return costs.reduce<MicroDollars | null>(
    (sum, cost) => (sum === null || cost === null ? null : sum + cost),
    0,
  );
}

function potAnswer({ period, forecast, ...pot }: PotReport, { grants }: Policy): PotAnswer {
  const { key, limit, settled, reserved, left, overrun } = pot;
  const { total, short, emptyAt } = forecast;
  return {
    key,
    limit,
    settled,
    reserved,
    left,
    overrun,
    startsAt: iso(period.start),
    endsAt: iso(period.end),
    owner: grants.find(({ id }) => grantKey(id) === key)?.owner ?? null,
    forecast: { total, short, emptyAt: emptyAt === null ? null : iso(emptyAt) },
  };
}

function reservationAnswer({ grant, ...build }: RegionBuild): ReservationAnswer[] {
  if (grant === undefined) return [];
  const { id, template, region, architecture } = build;
  const { amount, holdings } = grant.reservation;
  return [
    {
      template,
      region,
      architecture,
      regionBuild: id,
      attempt: grant.attempt,
      since: iso(grant.at),
      amount,
      pots: holdings.map(({ key, amount: held }) => ({ key, amount: held })),
    },
  ];
}

function parkedAnswer(outcome: Outcome, { input }: Gathered): ParkedAnswer[] {
  if (outcome.kind !== 'parked') return [];
  const { regionBuild, until, line } = outcome;
  const { id, template, region, architecture } = regionBuild;
  return [
    {
      template,
      region,
      architecture,
      regionBuild: id,
      amount: input.estimateOf(regionBuild).ceiling,
      because: line.because,
      until: isoOrNull(until ?? undefined),
    },
  ];
}

/** Those whose snapshots are still there. */
const STORED: readonly AmiState[] = [
  'testing',
  'candidate',
  'active',
  'superseded',
  'deprecated',
  'disabled',
];

async function keptImages(services: Pick<Services, 'amis' | 'targets' | 'templates'>): Promise<Ami[]> {
  const slugs = await builtTemplates(undefined, services);
  const all = await inParallel(slugs, (slug) => services.amis.of(slug));
  return all.flat().filter(({ state }) => STORED.includes(state));
}

/** Estimated from the volume each was built with: its snapshots are at most as large. */
function keeping(images: readonly Ami[], { pricesOf, resolution }: Gathered): BudgetAnswer['keeping'] {
  let monthly = 0;
  for (const image of images) {
    const prices = pricesOf(image);
    if (prices === undefined) return { images: images.length, monthly: null };
    monthly += recurringCost(prices, sizeOf(resolution.templates.get(image.template)));
  }
  return { images: images.length, monthly };
}
