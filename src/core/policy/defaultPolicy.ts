import { DAY, HOUR, MICRO_DOLLARS_PER_DOLLAR, MINUTE, SECOND } from '../words.ts';
import type { EvidenceSourcePolicy, Policy } from './policy.ts';

const DOLLARS = MICRO_DOLLARS_PER_DOLLAR;
const MEGABYTE = 1_000_000;

const feed = (megabytes: number): EvidenceSourcePolicy => ({
  enabled: true,
  baseUrl: null,
  timeout: 20 * SECOND,
  maximumBytes: megabytes * MEGABYTE,
});

/** The defaults in brackets of design §4, and ours where it names none. docs/policies/default.yaml says the same. */
export const DEFAULT_POLICY: Policy = {
  mode: 'observe',
  templates: {},
  zone: 'UTC',
  windows: {
    offPeak: [{ start: 2 * 60, end: 6 * 60, zone: 'UTC', season: null }],
    urgent: [{ start: 20 * 60, end: 6 * 60, zone: 'UTC', season: null }],
  },
  preferOffPeak: true,
  perLevel: {
    critical: { window: 4 * HOUR, action: 'auto' },
    high: { window: 24 * HOUR, action: 'auto' },
    medium: { window: 7 * DAY, action: 'auto' },
    low: { window: 30 * DAY, action: 'approve' },
    unknown: { window: 7 * DAY, action: 'auto' },
  },
  treatUnknownAs: 'medium',
  securityWindow: 7 * DAY,
  popularityThreshold: 5,
  popularity: { enabled: true, window: 7 * DAY, offPeakOnly: true, priorityPerLaunch: 1, mostPriority: 9 },
  // None is dormant until someone says so: a deployment that reports no launches would otherwise stop rebuilding.
  dormancy: { launches: 0, window: 90 * DAY },
  seasonal: { enabled: false, lead: 14 * DAY, anchor: 'term-start', templates: [], terms: [] },
  semesterPrep: null,
  budgets: {
    daily: 25 * DOLLARS,
    semesterPrepDaily: 25 * DOLLARS,
    monthly: 500 * DOLLARS,
    urgent: 62.5 * DOLLARS,
    approveEmergency: true,
  },
  grants: [],
  budgetTracking: true,
  maxCost: null,
  notify: {
    audiences: { admins: true, instructors: false, students: false, researchers: false },
    beforeRebuild: false,
  },
  preserveRunningInstances: true,
  regionPriority: [],
  regions: null,
  slotsPerRegion: 10,
  jitter: 5 * MINUTE,
  priorities: { manual: 70, security: 60, popularity: 50, scheduled: 30, dependency: 20 },
  highPriority: 50,
  unboundDeadline: 30 * DAY,
  startMargin: 2 * MINUTE,
  strategy: 'build',
  safetyFactor: 1.5,
  assumedDuration: 30 * MINUTE,
  maximumDuration: 3 * HOUR,
  maxAttempts: 3,
  retryBackoff: 2 * MINUTE,
  retryFailedAfter: HOUR,
  maxFailures: 3,
  minimumAge: 0,
  promotion: 'automatic',
  soak: 0,
  blockedImages: [],
  retention: {
    deprecateAfter: 1 * DAY,
    disableAfter: 14 * DAY,
    deregisterAfter: 30 * DAY,
    keepPrevious: 1,
    maximumRemovalsPerDay: 20,
  },
  baseImages: [],
  evidence: {
    sources: {
      amazon_linux: feed(64),
      ubuntu: feed(512),
      osv: feed(64),
      cisa_kev: feed(16),
    },
    reassessFor: 10 * DAY,
  },
  endOfLifeWarnings: [180 * DAY, 90 * DAY, 30 * DAY],
};
