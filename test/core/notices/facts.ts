import { ending } from '../../../src/core/announcements/announcement.ts';
import type { BaseImageUpdate } from '../../../src/core/base-images/pointer.ts';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import type { NoticeFact, NoticeKind } from '../../../src/core/notices/noticeFact.ts';

export const NOW = Date.parse('2026-11-24T22:00:00Z');
const HOURS = 3_600_000;

export function aRegionBuild(values: Partial<RegionBuild> = {}): RegionBuild {
  return {
    id: 'python-ml-us-east-1-x86_64-7',
    sequence: 7,
    build: 'python-ml-20261124-1f3a',
    template: 'python-ml',
    region: 'us-east-1',
    architecture: 'x86_64',
    status: 'queued',
    revision: 1,
    requestedAt: NOW - 2 * HOURS,
    triggers: ['security'],
    reasons: [
      {
        trigger: 'security',
        at: NOW - 2 * HOURS,
        level: 'high',
        because: 'amazon-linux-2023 moved to 2023.12.20260727 (high)',
      },
    ],
    level: 'high',
    urgency: 'high',
    priority: 60,
    pot: 'daily',
    deadline: NOW + 22 * HOURS,
    deadlineBinds: true,
    immediate: false,
    forced: false,
    approval: 'not-needed',
    attempts: 0,
    executionNumber: 1,
    cost: 0,
    ...values,
  };
}

export const BUILT = aRegionBuild({
  status: 'succeeded',
  attempts: 1,
  amiId: 'ami-0abc123def0000001',
  cost: 85_400,
  startedAt: NOW - HOURS,
  finishedAt: NOW - HOURS + 1_513_000,
  grant: {
    attempt: 1,
    at: NOW - HOURS,
    slot: 0,
    baseImageId: 'ami-0f00000000000001',
    baseImageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
    baseRelease: '2023.12.20260727',
    fingerprint: '5f1c',
    instanceType: 'm7i.large',
    maximumDuration: 3 * HOURS,
    hourlyCost: 100_000,
    reservation: {
      amount: 412_300,
      holdings: [{ key: 'daily#2026-11-24', amount: 412_300, share: 10_000 }],
      pot: 'daily',
    },
  },
});

export const BROKEN = aRegionBuild({
  id: 'python-ml-us-west-2-x86_64-4',
  region: 'us-west-2',
  status: 'failed',
  attempts: 3,
  failure: {
    at: NOW,
    attempt: 3,
    error: 'ImageFailed',
    reason: 'Component validation failed:\n  pip check found a conflict in numpy',
    log: 'https://s3.example/auto-ami/console.log',
    transient: false,
  },
});

export const UPDATE: BaseImageUpdate = {
  base: 'amazon-linux-2023',
  release: '2023.12.20260727',
  firstSeenAt: NOW,
  observations: ['us-west-2', 'us-east-1'].map((region) => ({
    base: 'amazon-linux-2023',
    release: '2023.12.20260727',
    region,
    architecture: 'x86_64',
    previousImageId: 'ami-0f00000000000000',
    previousImageName: 'al2023-ami-2023.12.20260720.0-kernel-6.1-x86_64',
    previousRelease: '2023.12.20260720',
    imageId: 'ami-0f00000000000001',
    imageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
    seenAt: NOW,
  })),
  assessment: {
    type: 'security',
    level: 'high',
    confidence: 'exact',
    assessedAt: NOW,
    compared: [
      'x86_64: al2023-ami-2023.12.20260720.0-kernel-6.1-x86_64 → al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
    ],
    advisories: [
      {
        id: 'ALAS2023-2026-1234',
        level: 'high',
        cves: ['CVE-2026-1234', 'CVE-2026-1235'],
        packages: ['openssl'],
        by: 'version',
        feeds: ['updateinfo'],
        exploited: [],
      },
    ],
    reopened: [],
    exploited: [],
    recalled: false,
    because: ['1 advisory is fixed'],
    incomplete: false,
    cves: ['CVE-2026-1234', 'CVE-2026-1235'],
    packages: [],
    changelogUrl: 'https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.12.20260727.html',
    sources: [],
  },
};

export const BUILD = {
  id: 'python-ml-20261124-1f3a',
  template: 'python-ml',
  because: 'amazon-linux-2023 moved to 2023.12.20260727 (high)',
  regionBuilds: [BUILT, BROKEN],
};

/** One fact of every kind. */
export const FACTS: { readonly [K in NoticeKind]: Extract<NoticeFact, { kind: K }> } = {
  'base-image-updated': {
    kind: 'base-image-updated',
    update: UPDATE,
    affected: ['python-ml', 'r-research'],
  },
  'build-queued': {
    kind: 'build-queued',
    build: { ...BUILD, regionBuilds: [aRegionBuild()] },
    startsAt: NOW + 5 * HOURS,
  },
  'approval-wanted': {
    kind: 'approval-wanted',
    build: {
      ...BUILD,
      regionBuilds: [aRegionBuild({ approval: 'wanted' }), aRegionBuild({ region: 'eu-west-1' })],
    },
    waiting: [aRegionBuild({ approval: 'wanted' })],
    estimate: 8_500_000,
  },
  'build-finished': { kind: 'build-finished', build: BUILD },
  'region-build-failed': { kind: 'region-build-failed', regionBuild: BROKEN },
  'region-build-refused': {
    kind: 'region-build-refused',
    regionBuild: aRegionBuild({
      status: 'refused',
      failure: {
        at: NOW,
        attempt: 0,
        error: 'Refused',
        reason: 'it needs up to $80.00 and the daily pot never holds more than $25.00',
        transient: false,
      },
    }),
  },
  'ami-promoted': {
    kind: 'ami-promoted',
    ami: {
      template: 'python-ml',
      region: 'us-east-1',
      architecture: 'x86_64',
      amiId: 'ami-0abc123def0000001',
      state: 'active',
      fingerprint: '5f1c',
      baseImageId: 'ami-0f00000000000001',
      baseImageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
      baseRelease: '2023.12.20260727',
      regionBuild: BUILT.id,
      build: BUILD.id,
      imageArn: 'arn:aws:imagebuilder:us-east-1:111122223333:image/auto-ami-python-ml/1.0.7/1',
      createdAt: NOW,
      promotedAt: NOW,
      replaces: 'ami-0abc123def0000000',
    },
  },
  'template-paused': {
    kind: 'template-paused',
    template: 'python-ml',
    reason: '3 builds in us-west-2 failed in a row',
  },
  'budget-exhausted': {
    kind: 'budget-exhausted',
    key: 'budget-exhausted:monthly#2026-11:500000000',
    at: NOW,
    pot: 'monthly#2026-11',
    limit: 500_000_000,
    reserved: 1_300_000,
    settled: 498_500_000,
    because: 'parked: $1.98 is more than is left in the monthly pot of 2026-11',
    count: 3,
    parked: [
      {
        template: 'r-research',
        region: 'us-east-1',
        needs: 1_980_000,
        until: Date.parse('2026-12-01T05:00:00Z'),
      },
      { template: 'r-research', region: 'us-west-2', needs: 1_980_000 },
    ],
  },
  'budget-overrun': {
    kind: 'budget-overrun',
    key: `budget-overrun:${BUILT.id}:1`,
    at: NOW,
    pot: 'urgent#2026-11',
    regionBuild: BUILT.id,
    template: BUILT.template,
    region: BUILT.region,
    architecture: BUILT.architecture,
    ceiling: 412_300,
    cost: 500_000,
  },
  'deadline-at-risk': {
    kind: 'deadline-at-risk',
    regionBuild: aRegionBuild(),
    deadline: NOW + 22 * HOURS,
    because: 'all 10 slots of us-east-1 are taken',
  },
  'deadline-missed': {
    kind: 'deadline-missed',
    regionBuild: aRegionBuild({ deadline: NOW - HOURS }),
    deadline: NOW - HOURS,
    because: 'the urgent pot was empty until 21:40',
  },
  'end-of-life': {
    ...ending({ at: NOW, base: 'ubuntu-22.04', on: '2027-04-01', daysLeft: 128 }, 180 * 24 * HOURS),
    affected: ['python-ml', 'r-research'],
  },
};
