import { daysInWords, durationInWords } from '../time/duration.ts';
import { AUDIENCES, TRIGGERS } from '../words.ts';
import { ageInWords, costInWords, grantsInWords, imagesInWords, templatesInWords } from './partsInWords.ts';
import { EVIDENCE_SOURCES, type LevelPolicy, type Policy, type RatedLevel } from './policy.ts';
import { dollarsInWords, listed, onOff, seasonInWords, windowInWords } from './words.ts';

/** One key of a policy and what it resolves to. Together they say everything that a policy means. */
export interface PolicyLine {
  /** Path below `auto_ami_policy`, as in the file. */
  readonly key: string;
  readonly words: string;
}

const LEVELS: readonly RatedLevel[] = ['critical', 'high', 'medium', 'low', 'unknown'];

/** The whole policy, key by key, in the order in which a reader asks. Two policies with the same lines mean the same. */
export function policyInWords(policy: Policy): readonly PolicyLine[] {
  return [
    { key: 'mode', words: policy.mode },
    { key: 'time_zone', words: policy.zone },
    ...security(policy),
    ...popularity(policy),
    ...time(policy),
    ...money(policy),
    ...notices(policy),
    ...builds(policy),
    ...images(policy),
    ...evidence(policy),
    ...templatesInWords(policy.templates),
  ];
}

function security(policy: Policy): PolicyLine[] {
  return [
    ...LEVELS.map((level) => ({
      key: `security_updates.${level}_window`,
      words: levelWindow(policy.perLevel[level], policy),
    })),
    ...LEVELS.map((level) => ({
      key: `security_updates.${level}_action`,
      words: policy.perLevel[level].action,
    })),
    { key: 'security_updates.treat_unknown_as', words: policy.treatUnknownAs },
    { key: 'security_window', words: ageInWords(policy.securityWindow) },
  ];
}

function levelWindow({ window }: LevelPolicy, { safetyFactor }: Policy): string {
  return window === 'immediate'
    ? `immediate: start at detection, due after p90 × ${safetyFactor}`
    : durationInWords(window);
}

function popularity({ popularity: popular, ...policy }: Policy): PolicyLine[] {
  const { enabled, window, offPeakOnly, priorityPerLaunch, mostPriority } = popular;
  return [
    { key: 'popularity.enabled', words: onOff(enabled) },
    { key: 'popularity_threshold', words: `${policy.popularityThreshold} launches` },
    { key: 'popularity.window', words: daysInWords(window) },
    { key: 'popularity.off_peak_only', words: onOff(offPeakOnly) },
    { key: 'popularity.priority_per_launch', words: String(priorityPerLaunch) },
    { key: 'popularity.most_priority', words: String(mostPriority) },
    { key: 'dormancy.fewer_launches_than', words: String(policy.dormancy.launches) },
    { key: 'dormancy.within', words: daysInWords(policy.dormancy.window) },
  ];
}

function time({ windows, seasonal, semesterPrep, ...policy }: Policy): PolicyLine[] {
  return [
    { key: 'build_window', words: listed(windows.offPeak.map(windowInWords)) },
    { key: 'urgent_window', words: listed(windows.urgent.map(windowInWords)) },
    { key: 'prefer_off_peak', words: onOff(policy.preferOffPeak) },
    { key: 'jitter', words: durationInWords(policy.jitter) },
    {
      key: 'semester_prep_window',
      words: semesterPrep === null ? 'none' : `${semesterPrep.words} (${seasonInWords(semesterPrep.season)})`,
    },
    { key: 'seasonal_precompilation.enabled', words: onOff(seasonal.enabled) },
    {
      key: 'seasonal_precompilation.schedule',
      words: `from ${durationInWords(seasonal.lead)} before each term starts, due at its start (${seasonal.anchor})`,
    },
    { key: 'seasonal_precompilation.templates', words: listed(seasonal.templates) },
    {
      key: 'calendar.terms',
      words: listed(
        seasonal.terms.map(
          ({ name, start, end, startsAt, endsAt }) =>
            `${name}: ${start} to ${end} (${utc(startsAt)} to ${utc(endsAt)})`,
        ),
      ),
    },
  ];
}

function utc(t: number): string {
  return new Date(t).toISOString();
}

function money({ budgets, ...policy }: Policy): PolicyLine[] {
  return [
    { key: 'daily_budget', words: dollarsInWords(budgets.daily) },
    { key: 'semester_prep_daily_budget', words: dollarsInWords(budgets.semesterPrepDaily) },
    { key: 'monthly_budget', words: dollarsInWords(budgets.monthly) },
    { key: 'emergency_budget', words: dollarsInWords(budgets.urgent) },
    { key: 'approve_emergency_builds', words: onOff(budgets.approveEmergency) },
    { key: 'max_cost', words: costInWords(policy.maxCost) },
    { key: 'budget_tracking', words: onOff(policy.budgetTracking) },
    ...grantsInWords(policy.grants),
  ];
}

function notices({ notify, ...policy }: Policy): PolicyLine[] {
  return [
    ...AUDIENCES.map((audience) => ({
      key: `security_updates.notify_${audience}`,
      words: onOff(notify.audiences[audience]),
    })),
    { key: 'notify_before_rebuild', words: onOff(notify.beforeRebuild) },
    { key: 'preserve_running_instances', words: onOff(policy.preserveRunningInstances) },
  ];
}

function builds(policy: Policy): PolicyLine[] {
  return [
    { key: 'region_priority', words: listed(policy.regionPriority) },
    { key: 'regions', words: policy.regions === null ? 'all' : listed(policy.regions) },
    { key: 'slots_per_region', words: String(policy.slotsPerRegion) },
    ...TRIGGERS.map((trigger) => ({
      key: `priorities.${trigger}`,
      words: String(policy.priorities[trigger]),
    })),
    { key: 'high_priority', words: String(policy.highPriority) },
    { key: 'default_deadline', words: durationInWords(policy.unboundDeadline) },
    { key: 'start_margin', words: durationInWords(policy.startMargin) },
    { key: 'safety_factor', words: String(policy.safetyFactor) },
    { key: 'assumed_build_duration', words: durationInWords(policy.assumedDuration) },
    { key: 'max_build_duration', words: durationInWords(policy.maximumDuration) },
    { key: 'max_attempts', words: String(policy.maxAttempts) },
    { key: 'retry_backoff', words: durationInWords(policy.retryBackoff) },
    { key: 'retry_failed_after', words: durationInWords(policy.retryFailedAfter) },
    { key: 'max_failures', words: String(policy.maxFailures) },
    { key: 'strategy', words: policy.strategy },
  ];
}

function images({ retention, ...policy }: Policy): PolicyLine[] {
  return [
    { key: 'minimum_age', words: durationInWords(policy.minimumAge) },
    { key: 'promotion', words: policy.promotion },
    { key: 'soak', words: durationInWords(policy.soak) },
    { key: 'retention.deprecate_after', words: durationInWords(retention.deprecateAfter) },
    { key: 'retention.disable_after', words: durationInWords(retention.disableAfter) },
    { key: 'retention.deregister_after', words: durationInWords(retention.deregisterAfter) },
    { key: 'retention.keep_previous', words: String(retention.keepPrevious) },
    { key: 'retention.max_removals_per_day', words: String(retention.maximumRemovalsPerDay) },
    {
      key: 'blocked_images',
      words: listed(policy.blockedImages.map(({ imageId, reason }) => `${imageId} (${reason})`)),
    },
    ...imagesInWords(policy.baseImages),
    { key: 'end_of_life_warnings', words: listed(policy.endOfLifeWarnings.map(durationInWords)) },
  ];
}

function evidence({ evidence: { sources, reassessFor } }: Policy): PolicyLine[] {
  return [
    ...EVIDENCE_SOURCES.flatMap((name) => [
      { key: `evidence.${name}.enabled`, words: onOff(sources[name].enabled) },
      { key: `evidence.${name}.base_url`, words: sources[name].baseUrl ?? 'the public one' },
      { key: `evidence.${name}.timeout`, words: durationInWords(sources[name].timeout) },
      { key: `evidence.${name}.max_megabytes`, words: String(sources[name].maximumBytes / 1_000_000) },
    ]),
    { key: 'evidence.reassess_for', words: durationInWords(reassessFor) },
  ];
}
