import type { Mode } from '../../words.ts';
import { DEFAULT_POLICY } from '../defaultPolicy.ts';
import type { SaidPolicy } from '../keys/policyKeys.ts';
import { EVIDENCE_SOURCES, type EvidencePolicy, type NotifyPolicy, type Policy } from '../policy.ts';
import { resolveBaseImages } from './resolveBaseImages.ts';
import { resolveBudgets, resolveGrants } from './resolveMoney.ts';
import { resolveLevels } from './resolveLevels.ts';
import { resolveTemplates } from './resolveTemplates.ts';
import { resolveSeasonal, resolveSemesterPrep, resolveWindows } from './resolveTime.ts';

/** What a policy means: what it says, over the defaults. `mode` holds if the file names none. */
export function resolvePolicy(said: SaidPolicy, mode: Mode = DEFAULT_POLICY.mode): Policy {
  const d = DEFAULT_POLICY;
  const zone = said.time_zone ?? d.zone;
  const semesterPrep = resolveSemesterPrep(said);
  return {
    mode: said.mode ?? mode,
    templates: resolveTemplates(said.templates ?? {}),
    zone,
    windows: resolveWindows(said, zone, semesterPrep),
    preferOffPeak: said.prefer_off_peak ?? d.preferOffPeak,
    ...resolveLevels(said.security_updates ?? {}),
    securityWindow: said.security_window === 'never' ? null : (said.security_window ?? d.securityWindow),
    popularityThreshold: said.popularity_threshold ?? d.popularityThreshold,
    popularity: {
      enabled: said.popularity?.enabled ?? d.popularity.enabled,
      window: said.popularity?.window ?? d.popularity.window,
      offPeakOnly: said.popularity?.off_peak_only ?? d.popularity.offPeakOnly,
      priorityPerLaunch: said.popularity?.priority_per_launch ?? d.popularity.priorityPerLaunch,
      mostPriority: said.popularity?.most_priority ?? d.popularity.mostPriority,
    },
    dormancy: {
      launches: said.dormancy?.fewer_launches_than ?? d.dormancy.launches,
      window: said.dormancy?.within ?? d.dormancy.window,
    },
    seasonal: resolveSeasonal(said, zone),
    semesterPrep,
    budgets: resolveBudgets(said),
    grants: resolveGrants(said.grants ?? [], zone),
    budgetTracking: said.budget_tracking ?? d.budgetTracking,
    maxCost: said.max_cost ?? d.maxCost,
    notify: resolveNotify(said),
    preserveRunningInstances: true,
    regionPriority: said.region_priority ?? d.regionPriority,
    regions: d.regions,
    slotsPerRegion: said.slots_per_region ?? d.slotsPerRegion,
    jitter: said.jitter ?? d.jitter,
    priorities: { ...d.priorities, ...said.priorities },
    highPriority: said.high_priority ?? d.highPriority,
    unboundDeadline: said.default_deadline ?? d.unboundDeadline,
    startMargin: said.start_margin ?? d.startMargin,
    strategy: said.strategy ?? d.strategy,
    safetyFactor: said.safety_factor ?? d.safetyFactor,
    assumedDuration: said.assumed_build_duration ?? d.assumedDuration,
    maximumDuration: said.max_build_duration ?? d.maximumDuration,
    maxAttempts: said.max_attempts ?? d.maxAttempts,
    retryBackoff: said.retry_backoff ?? d.retryBackoff,
    retryFailedAfter: said.retry_failed_after ?? d.retryFailedAfter,
    maxFailures: said.max_failures ?? d.maxFailures,
    minimumAge: said.minimum_age ?? d.minimumAge,
    promotion: said.promotion ?? d.promotion,
    soak: said.soak ?? d.soak,
    blockedImages: (said.blocked_images ?? []).map(({ image, reason }) => ({
      imageId: image,
      reason: reason ?? 'blocked by the policy',
    })),
    retention: {
      deprecateAfter: said.retention?.deprecate_after ?? d.retention.deprecateAfter,
      disableAfter: said.retention?.disable_after ?? d.retention.disableAfter,
      deregisterAfter: said.retention?.deregister_after ?? d.retention.deregisterAfter,
      keepPrevious: said.retention?.keep_previous ?? d.retention.keepPrevious,
      maximumRemovalsPerDay: said.retention?.max_removals_per_day ?? d.retention.maximumRemovalsPerDay,
    },
    baseImages: resolveBaseImages(said.base_images ?? {}),
    evidence: resolveEvidence(said.evidence ?? {}),
    endOfLifeWarnings: [...(said.end_of_life_warnings ?? d.endOfLifeWarnings)].sort((a, b) => b - a),
  };
}

/** `notify_before_rebuild` is for researchers ("Warn researchers about updates"), unless they are told to be left out. */
function resolveNotify(said: SaidPolicy): NotifyPolicy {
  const { audiences } = DEFAULT_POLICY.notify;
  const updates = said.security_updates ?? {};
  const beforeRebuild = said.notify_before_rebuild ?? DEFAULT_POLICY.notify.beforeRebuild;
  return {
    audiences: {
      admins: updates.notify_admins ?? audiences.admins,
      instructors: updates.notify_instructors ?? audiences.instructors,
      students: updates.notify_students ?? audiences.students,
      researchers: updates.notify_researchers ?? (beforeRebuild || audiences.researchers),
    },
    beforeRebuild,
  };
}

const BYTES_OF_MEGABYTE = 1_000_000;

function resolveEvidence(said: NonNullable<SaidPolicy['evidence']>): EvidencePolicy {
  const { sources, reassessFor } = DEFAULT_POLICY.evidence;
  const resolved = EVIDENCE_SOURCES.map((name) => {
    const { enabled, base_url, timeout, max_megabytes } = said[name] ?? {};
    const bytes = max_megabytes === undefined ? undefined : max_megabytes * BYTES_OF_MEGABYTE;
    return [
      name,
      {
        enabled: enabled ?? sources[name].enabled,
        baseUrl: base_url ?? sources[name].baseUrl,
        timeout: timeout ?? sources[name].timeout,
        maximumBytes: bytes ?? sources[name].maximumBytes,
      },
    ] as const;
  });
  return {
    sources: { ...sources, ...Object.fromEntries(resolved) },
    reassessFor: said.reassess_for ?? reassessFor,
  };
}
