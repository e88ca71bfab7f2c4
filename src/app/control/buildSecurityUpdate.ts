import { ApiError } from '../../api/errors.ts';
import { iso } from '../../api/present/instants.ts';
import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { by } from '../../core/by.ts';
import { withoutBadEnds } from '../../core/desired/askedAgain.ts';
import { whatIsMissing, whoIsBehind } from '../../core/desired/whatIsMissing.ts';
import type { Reason } from '../../core/builds/regionBuild.ts';
import { currentPolicy, seedFirstPolicy } from '../currentPolicy.ts';
import { gatherHistory, gatherSituation, type SituationServices } from '../gatherSituation.ts';
import { type BuildServices, buildTemplate } from './buildTemplate.ts';
import { knownTemplate } from './knownTemplate.ts';

type SecurityServices = BuildServices & SituationServices;

type Answer = AnswerOf<'buildSecurityUpdate'>;

/** A template that lacks a security update somewhere. */
interface Lacking {
  readonly regions: Set<string>;
  readonly because: Set<string>;
}

/**
 * Asks by hand for what every kept template lacks of security updates, or one template: wherever a build for one waits
 * in the queue, or there is none, also where one failed, was refused or cancelled. Levels that the policy leaves alone are not among it; `build`
 * of a template makes those.
 * @throws ApiError `not-found` for a template that does not exist, `conflict`
 */
export async function buildSecurityUpdate(
  { template, urgent, reason, requestId }: RequestOf<'buildSecurityUpdate'>,
  caller: Caller,
  services: SecurityServices,
): Promise<Answer> {
  if (template !== undefined) await knownTemplate(template, services);
  await seedFirstPolicy(services);
  const lacking = await whoLacksUpdates(services);
  const builds: Answer['builds'] = [];
  const refused: Answer['refused'] = [];
  for (const [slug, { regions, because }] of lacking) {
    if (template !== undefined && slug !== template) continue;
    const request = {
      slug,
      urgent,
      force: false,
      reason: (reason ?? `security update: ${[...because].join('; ')}`).slice(0, LONGEST_REASON),
      regions: [...regions],
      requestId,
    };
    try {
      builds.push(await buildTemplate(request, caller, services));
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'refused') throw error;
      refused.push({ template: slug, because: error.message });
    }
  }
  const { policy } = await currentPolicy(services);
  return { now: iso(services.now()), zone: policy.zone, builds, refused };
}

const LONGEST_REASON = 1000;

async function whoLacksUpdates(services: SecurityServices): Promise<[string, Lacking][]> {
  const situation = await gatherSituation(services);
  const look = whoIsBehind(situation);
  const history = withoutBadEnds(await gatherHistory(look, situation, services));
  const missing = whatIsMissing(look, history, situation);
  const found = new Map<string, Lacking>();
  const note = (template: string, region: string, reasons: readonly Reason[]): void => {
    const security = reasons.filter(({ trigger }) => trigger === 'security');
    if (security.length === 0) return;
    const { regions, because } = found.get(template) ?? { regions: new Set(), because: new Set() };
    found.set(template, {
      regions: regions.add(region),
      because: new Set([...because, ...security.map((each) => each.because)]),
    });
  };
  for (const { template, region, status, reasons } of [...situation.open.values()].flat())
    if (status === 'queued') note(template, region, reasons);
  for (const each of missing) {
    if (each.kind === 'nothing') continue;
    const { template, region } = each.behind.target;
    note(template, region, each.kind === 'join' ? each.added : each.wish.reasons);
  }
  return [...found].sort(by(([slug]) => slug));
}
