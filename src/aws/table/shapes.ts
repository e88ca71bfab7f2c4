import type { Announcement } from '../../core/announcements/announcement.ts';
import type { BaseImagePointer, Observation } from '../../core/base-images/pointer.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { Ami, TargetState } from '../../core/builds/target.ts';
import type { UpdateRecord } from '../../core/changes.ts';
import type { LaunchDay } from '../../core/launches.ts';
import type { PotBalance } from '../../core/money/pot.ts';
import type { PackageCheck } from '../../core/packages/packageCheck.ts';
import type { ExplanationLine } from '../../core/words.ts';
import type { Attempt } from '../../core/writes.ts';
import type {
  ActivityEntry,
  Build,
  DeployedPolicy,
  KeptTemplate,
  ScanReport,
  TakenSlot,
} from '../../ports.ts';
import type { Shape } from './record.ts';

export const REGION_BUILD: Shape<RegionBuild> = {
  id: 'text',
  template: 'text',
  region: 'text',
  architecture: 'text',
  sequence: 'number',
  build: 'text',
  status: 'text',
  revision: 'number',
  requestedAt: 'number',
  triggers: 'list',
  reasons: 'list',
  level: 'text',
  urgency: 'text',
  priority: 'number',
  pot: 'text',
  deadlineBinds: 'boolean',
  immediate: 'boolean',
  forced: 'boolean',
  approval: 'text',
  attempts: 'number',
  executionNumber: 'number',
  cost: 'number',
};

export const ATTEMPT: Shape<Attempt> = {
  regionBuild: 'text',
  region: 'text',
  attempt: 'number',
  state: 'text',
  reservation: 'map',
  slot: 'number',
  grantedAt: 'number',
};

export const LINE: Shape<ExplanationLine> = { at: 'number', rule: 'text', because: 'text' };

export const BUILD: Shape<Build> = {
  id: 'text',
  template: 'text',
  because: 'text',
  requestedAt: 'number',
  regionBuilds: 'list',
};

export const SLOT: Shape<TakenSlot> = {
  region: 'text',
  slot: 'number',
  regionBuild: 'text',
  attempt: 'number',
};

export const POT: Shape<PotBalance> = {
  key: 'text',
  reserved: 'number',
  settled: 'number',
  overrun: 'number',
};

export const ANNOUNCEMENT: Shape<Announcement> = { key: 'text', kind: 'text', at: 'number' };

export const TARGET: Shape<TargetState> = {
  template: 'text',
  region: 'text',
  architecture: 'text',
  sequence: 'number',
  revision: 'number',
  packageEpoch: 'number',
  failuresInARow: 'number',
  durations: 'list',
};

export const AMI: Shape<Ami> = {
  template: 'text',
  region: 'text',
  architecture: 'text',
  amiId: 'text',
  state: 'text',
  fingerprint: 'text',
  baseImageId: 'text',
  baseImageName: 'text',
  baseRelease: 'text',
  regionBuild: 'text',
  build: 'text',
  imageArn: 'text',
  createdAt: 'number',
  replaces: 'text or null',
};

export const PACKAGE_CHECK: Shape<PackageCheck> = {
  template: 'text',
  region: 'text',
  architecture: 'text',
  revision: 'number',
  amiId: 'text',
  checkedAt: 'number',
  open: 'list',
  more: 'number',
  asked: 'list',
};

export const POINTER: Shape<BaseImagePointer> = {
  base: 'text',
  region: 'text',
  architecture: 'text',
  imageId: 'text',
  imageName: 'text',
  release: 'text',
  since: 'number',
};

export const OBSERVATION: Shape<Observation> = {
  base: 'text',
  region: 'text',
  architecture: 'text',
  release: 'text',
  previousImageId: 'text',
  previousImageName: 'text',
  previousRelease: 'text',
  imageId: 'text',
  imageName: 'text',
  seenAt: 'number',
};

export const UPDATE: Shape<UpdateRecord> = { base: 'text', release: 'text', firstSeenAt: 'number' };

export const TEMPLATE: Shape<KeptTemplate> = {
  slug: 'text',
  revision: 'number',
  definition: 'map',
  changedAt: 'number',
  changedBy: 'text',
};

export const POLICY: Shape<DeployedPolicy> = {
  version: 'number',
  text: 'text',
  policy: 'map',
  changedAt: 'number',
  changedBy: 'text',
  reason: 'text',
};

export const LAUNCH_DAY: Shape<LaunchDay> = { template: 'text', day: 'number', count: 'number' };

export const SCAN_REPORT: Shape<ScanReport> = { at: 'number', succeeded: 'boolean', problems: 'list' };

export const ACTIVITY_ENTRY: Shape<ActivityEntry> = { at: 'number', kind: 'text', text: 'text' };
