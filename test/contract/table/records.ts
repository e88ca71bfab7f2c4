import { exhausted, type Announcement } from '../../../src/core/announcements/announcement.ts';
import type {
  BaseImagePointer,
  DatedAssessment,
  Observation,
} from '../../../src/core/base-images/pointer.ts';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { newTargetState, type Ami, type TargetState } from '../../../src/core/builds/target.ts';
import type { PackageCheck } from '../../../src/core/packages/packageCheck.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { HOUR, type Target } from '../../../src/core/words.ts';
import type { Attempt } from '../../../src/core/writes.ts';
import type { DeployedPolicy, KeptTemplate } from '../../../src/ports.ts';
import { BARE } from '../../core/template/builders.ts';

/** Ahead of any clock, so that no table takes for expired what a test has just kept. */
export const NOON = Date.UTC(2040, 0, 2, 12);

export const HERE: Target = { template: 'python-ml', region: 'us-east-1', architecture: 'x86_64' };

export function aRegionBuild(change: Partial<RegionBuild> = {}): RegionBuild {
  const target = { ...HERE, ...change };
  const sequence = change.sequence ?? 1;
  return {
    ...HERE,
    id: `${target.template}-${target.region}-${target.architecture}-${sequence}`,
    sequence,
    build: `${target.template}-0a1b2c3d`,
    status: 'queued',
    revision: 1,
    requestedAt: NOON,
    triggers: ['security'],
    reasons: [{ trigger: 'security', at: NOON, level: 'high', because: 'amazon-linux-2023 moved (high)' }],
    level: 'high',
    urgency: 'high',
    priority: 0,
    pot: 'daily',
    deadline: NOON + 24 * HOUR,
    deadlineBinds: true,
    immediate: false,
    forced: false,
    approval: 'not-needed',
    attempts: 0,
    executionNumber: 1,
    cost: 0,
    ...change,
  };
}

export function anAttempt(change: Partial<Attempt> = {}): Attempt {
  return {
    regionBuild: aRegionBuild().id,
    region: HERE.region,
    attempt: 1,
    state: 'held',
    reservation: {
      amount: 100,
      pot: 'daily',
      holdings: [{ key: 'daily#2040-01-02', amount: 100, share: 10_000 }],
    },
    slot: 1,
    grantedAt: NOON,
    ...change,
  };
}

export function aTargetState(change: Partial<TargetState> = {}): TargetState {
  return { ...newTargetState({ ...HERE, ...change }), sequence: 1, revision: 1, ...change };
}

export function anAmi(change: Partial<Ami> = {}): Ami {
  return {
    ...HERE,
    amiId: 'ami-0new',
    state: 'candidate',
    fingerprint: 'f1',
    baseImageId: 'ami-0base',
    baseImageName: 'al2023-ami-2023.9',
    baseRelease: '2023.9',
    regionBuild: aRegionBuild().id,
    build: aRegionBuild().build,
    imageArn: 'arn:aws:imagebuilder:us-east-1:123456789012:image/auto-ami-python-ml/1.0.0/1',
    createdAt: NOON,
    replaces: null,
    ...change,
  };
}

export function anAnnouncement(pot = 'monthly#2040-01', because = 'parked until February'): Announcement {
  return exhausted({
    at: NOON,
    pot,
    limit: 100,
    reserved: 20,
    settled: 70,
    because,
    parked: [{ template: HERE.template, region: HERE.region, needs: 50, until: NOON + 24 * HOUR }],
    count: 1,
  });
}

export const BASE = 'amazon-linux-2023';

export function aPointer(change: Partial<BaseImagePointer> = {}): BaseImagePointer {
  return {
    base: BASE,
    region: 'us-east-1',
    architecture: 'x86_64',
    imageId: 'ami-0base',
    imageName: 'al2023-ami-2023.9',
    release: '2023.9',
    parameterVersion: 7,
    since: NOON,
    ...change,
  };
}

export function anObservation(change: Partial<Observation> = {}): Observation {
  return {
    base: BASE,
    region: 'us-east-1',
    architecture: 'x86_64',
    release: '2023.9',
    previousImageId: 'ami-0older',
    previousImageName: 'al2023-ami-2023.8',
    previousRelease: '2023.8',
    imageId: 'ami-0base',
    imageName: 'al2023-ami-2023.9',
    seenAt: NOON,
    ...change,
  };
}

export function anAssessment(change: Partial<DatedAssessment> = {}): DatedAssessment {
  return {
    type: 'security',
    level: 'high',
    confidence: 'exact',
    packages: [],
    advisories: [],
    reopened: [],
    cves: ['CVE-2039-1'],
    exploited: [],
    changelogUrl: null,
    recalled: false,
    sources: [{ name: 'amazon_linux', state: 'answered', detail: 'release notes of 2023.9' }],
    because: ['openssl moved (high)'],
    incomplete: false,
    assessedAt: NOON + HOUR,
    compared: ['ami-0older', 'ami-0base'],
    ...change,
  };
}

export function aTemplate(change: Partial<KeptTemplate> = {}): KeptTemplate {
  const slug = change.slug ?? 'python-ml';
  return {
    slug,
    revision: 1,
    definition: {
      ...BARE,
      slug,
      name: 'Python for machine learning',
      packages: { ...BARE.packages, system: ['git'] },
    },
    changedAt: NOON,
    changedBy: 'arn:aws:iam::123456789012:user/ann',
    ...change,
  };
}

export function aPolicy(change: Partial<DeployedPolicy> = {}): DeployedPolicy {
  return {
    version: 1,
    text: 'auto_ami_policy: {}',
    policy: DEFAULT_POLICY,
    changedAt: NOON,
    changedBy: 'arn:aws:iam::123456789012:user/ann',
    reason: 'first',
    ...change,
  };
}

export function aPackageCheck(change: Partial<PackageCheck> = {}): PackageCheck {
  return {
    ...HERE,
    revision: 1,
    amiId: 'ami-1',
    checkedAt: NOON,
    open: [
      {
        id: 'ALAS2023-2040-1',
        level: 'high',
        cves: ['CVE-2040-1000'],
        exploited: [],
        packages: [{ name: 'openssl', installed: '1:3.2.2-1', fixed: '1:3.2.2-2' }],
      },
    ],
    more: 0,
    asked: [{ id: 'ALAS2023-2040-1', level: 'high', amiId: 'ami-1', at: NOON }],
    ...change,
  };
}
