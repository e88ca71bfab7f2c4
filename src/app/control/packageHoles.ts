import type { PackageHolesAnswer } from '../../api/answers.ts';
import { iso, isoOrNull } from '../../api/present/instants.ts';
import { by } from '../../core/by.ts';
import { inParallel } from '../../core/inParallel.ts';
import { openSecurity } from '../../core/evidence/openAdvisories.ts';
import type { PackageCheck } from '../../core/packages/packageCheck.ts';
import { SECURITY_LEVELS, targetKey } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { isConfigured } from '../../settings.ts';
import type { OpenNow } from './openNow.ts';
import { rebuildOf } from './rebuildOf.ts';

/**
 * What the daily check found open in the packages of the AMIs that are active, the worst first. What it found in an AMI
 * that has given way is no business any more: the next check will say what is open in the new one. Nor is what it found
 * where we build no more, and nobody looks.
 */
export async function packageHoles(
  current: OpenNow,
  { packageChecks, settings }: Pick<Services, 'packageChecks' | 'settings'>,
): Promise<PackageHolesAnswer[]> {
  const { targets } = current.gathered;
  const isCurrent = (check: PackageCheck) => targets.get(targetKey(check))?.active?.amiId === check.amiId;
  const active = [...targets.values()].filter((target) => target.active !== undefined);
  const isOurs = (check: PackageCheck) => isConfigured(check.region, settings) && isCurrent(check);
  const templates = [...new Set(active.map(({ template }) => template))];
  const checks = (await inParallel(templates, (template) => packageChecks.of(template))).flat();
  return checks
    .filter((check) => check.open.length > 0 && isOurs(check))
    .map((check) => answerOf(check, current))
    .sort(by<PackageHolesAnswer>(({ level }) => SECURITY_LEVELS.indexOf(level), targetKey));
}

function answerOf(check: PackageCheck, current: OpenNow): PackageHolesAnswer {
  const { template, region, architecture, amiId, checkedAt, more, open, asked } = check;
  const key = targetKey(check);
  const askedFor = new Map(asked.map((each) => [each.id, each]));
  return {
    ...{ template, region, architecture, amiId, more },
    level: openSecurity(open).level,
    checkedAt: iso(checkedAt),
    advisories: open.map(({ id, level, cves, exploited, packages, published, url }) => {
      const reason = askedFor.get(id);
      return {
        ...{ id, level, cves: [...cves], exploited: [...exploited] },
        packages: packages.map(({ name, installed, fixed }) => ({ name, installed, fixed })),
        published: isoOrNull(published),
        url: url ?? null,
        askedAt: isoOrNull(reason?.at),
        outlived: reason !== undefined && reason.amiId !== amiId,
      };
    }),
    rebuild: rebuildOf(
      current.outlook.order.find((build) => targetKey(build) === key),
      current,
    ),
  };
}
