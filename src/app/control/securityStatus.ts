import type { SecurityUpdateAnswer } from '../../api/answers.ts';
import { findingsAnswer } from '../../api/present/findings.ts';
import { iso, isoOrNull } from '../../api/present/instants.ts';
import type { AnswerOf } from '../../api/routes.ts';
import { type BaseImageUpdate, pointerKey } from '../../core/base-images/pointer.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { ActiveAmi } from '../../core/builds/target.ts';
import { by } from '../../core/by.ts';
import { movesBetween } from '../../core/desired/baseMoves.ts';
import { DAY, SECURITY_LEVELS, type Target, targetKey } from '../../core/words.ts';
import { inParallel } from '../../core/inParallel.ts';
import type { Services } from '../../ports.ts';
import { keptOnBase } from '../../core/desired/keptOnBase.ts';
import { keepingNow } from './keepingNow.ts';
import { type OpenNow, openNow, type OutlookServices } from './openNow.ts';
import { packageHoles } from './packageHoles.ts';
import { rebuildOf } from './rebuildOf.ts';

/** An update that every AMI has is shown for so long. */
const RECENT = 30 * DAY;

type Place = SecurityUpdateAnswer['templates'][number]['places'][number];

/**
 * Updates of base images that active AMIs lack, and those that came lately; the worst first, then the newest. And what is
 * open in the packages of our own AMIs, though no base has moved.
 */
export async function securityStatus(
  services: OutlookServices & Pick<Services, 'packageChecks' | 'settings'>,
): Promise<AnswerOf<'securityStatus'>> {
  const current = await openNow(services);
  const { input, policy, pointers } = current.gathered;
  const bases = new Set([...pointers.values()].map(({ base }) => base));
  const found = await inParallel([...bases], async (base) => {
    const updates = await services.baseImages.updates(base);
    return updates.map((update) => updateAnswer(update, updates, current));
  });
  const since = iso(input.now - RECENT);
  return {
    now: iso(input.now),
    zone: policy.policy.zone,
    updates: found
      .flat()
      .filter(
        ({ templates, firstSeenAt }) => templates.length > 0 && (isLacked(templates) || firstSeenAt >= since),
      )
      .sort(
        by(
          ({ findings }) => SECURITY_LEVELS.indexOf(findings?.level ?? 'unknown'),
          ({ firstSeenAt }) => -Date.parse(firstSeenAt),
          ({ base }) => base,
          ({ release }) => release,
        ),
      ),
    packages: await packageHoles(current, services),
  };
}

const isLacked = (templates: SecurityUpdateAnswer['templates']): boolean =>
  templates.some(({ places }) => places.some(({ hasUpdate }) => !hasUpdate));

function updateAnswer(
  update: BaseImageUpdate,
  updates: readonly BaseImageUpdate[],
  current: OpenNow,
): SecurityUpdateAnswer {
  const { base, release, firstSeenAt, assessment } = update;
  const kept = keptOnBase(base, keepingNow(current.gathered));
  return {
    base,
    release,
    firstSeenAt: iso(firstSeenAt),
    assessedAt: isoOrNull(assessment?.assessedAt),
    findings: assessment === undefined ? null : findingsAnswer(assessment),
    templates: kept
      .map((template) => ({ template, places: placesOf(template, update, updates, current) }))
      .filter(({ places }) => places.length > 0),
  };
}

/** Where the update was seen and the template has an AMI. */
function placesOf(
  template: string,
  update: BaseImageUpdate,
  updates: readonly BaseImageUpdate[],
  current: OpenNow,
): Place[] {
  return update.observations.flatMap(({ region, architecture }) => {
    const target = { template, region, architecture };
    const active = current.gathered.targets.get(targetKey(target))?.active;
    if (active === undefined) return [];
    const open = current.outlook.order.find(
      (build) => targetKey(build) === targetKey(target) && isAbout(build, update),
    );
    const hasUpdate = open === undefined && !isBehind(target, active, update, updates, current);
    return [{ region, architecture, amiId: active.amiId, hasUpdate, rebuild: rebuildOf(open, current) }];
  });
}

function isAbout({ reasons }: RegionBuild, { base, release }: BaseImageUpdate): boolean {
  return reasons.some(({ update }) => update?.base === base && update.release === release);
}

/** Whether the update is one of the steps between the image that the AMI stands on and the newest there. */
function isBehind(
  target: Target,
  { baseImageId }: ActiveAmi,
  { base, release }: BaseImageUpdate,
  updates: readonly BaseImageUpdate[],
  { gathered: { pointers, builtOn } }: OpenNow,
): boolean {
  const newest = pointers.get(pointerKey({ ...target, base }))?.imageId;
  // What stands on another template's AMI is behind when that is: its own rebuild says so.
  if (builtOn.has(target.template) || newest === undefined || newest === baseImageId) return false;
  const { moves } = movesBetween(updates, target, baseImageId, newest);
  return moves.some(({ observation }) => observation.release === release);
}
