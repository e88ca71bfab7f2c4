import type { Announcement } from '../../core/announcements/announcement.ts';
import type { BaseImagePointer, Observation } from '../../core/base-images/pointer.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { TargetState } from '../../core/builds/target.ts';
import type { UpdateRecord } from '../../core/changes.ts';
import type { Inventory } from '../../core/evidence/inventory.ts';
import type { LaunchDay } from '../../core/launches.ts';
import type { PotBalance } from '../../core/money/pot.ts';
import type { PackageCheck } from '../../core/packages/packageCheck.ts';
import type { ExplanationLine } from '../../core/words.ts';
import type { AmiWrite, AssessmentDuty, AttemptWrite } from '../../core/writes.ts';
import type {
  ActivityEntry,
  Build,
  DeployedPolicy,
  KeptTemplate,
  ListedAmi,
  ScanReport,
  TakenSlot,
} from '../../ports.ts';

/** A record with the work it still waits for. */
export type Pending<T extends { after: unknown; pending?: unknown }> = Pick<T, 'after' | 'pending'>;

/** A package list, and when it was kept. */
export interface StoredPackageList {
  readonly ami: ListedAmi;
  readonly packages: Inventory;
  readonly keptAt: number;
}

/** Every record of the table, by its key in words. */
export interface Store {
  readonly regionBuilds: Map<string, RegionBuild>;
  /** Target key to region build id. */
  readonly queued: Map<string, string>;
  readonly running: Map<string, string>;
  readonly slots: Map<string, TakenSlot>;
  readonly pots: Map<string, PotBalance>;
  readonly attempts: Map<string, Pending<AttemptWrite>>;
  readonly targets: Map<string, TargetState>;
  readonly amis: Map<string, Pending<AmiWrite>>;
  readonly packageLists: Map<string, StoredPackageList>;
  /** Target key to what was found. */
  readonly packageChecks: Map<string, PackageCheck>;
  /** By its key. */
  readonly announcements: Map<string, Announcement>;
  /** When each launch was counted, by its id. */
  readonly launches: Map<string, number>;
  readonly launchDays: Map<string, LaunchDay>;
  readonly imageOwners: Map<string, string>;
  readonly builds: Map<string, Build>;
  readonly pointers: Map<string, BaseImagePointer>;
  readonly updates: Map<string, UpdateRecord>;
  /** What is to be done about updates, by the same keys. */
  readonly assessmentDuties: Map<string, AssessmentDuty>;
  readonly observations: Map<string, { readonly after: Observation; readonly handled: boolean }>;
  /** In the order they were written. */
  readonly stories: Map<string, readonly ExplanationLine[]>;
  readonly lastLines: Map<string, ExplanationLine>;
  readonly templates: Map<string, KeptTemplate>;
  readonly policies: Map<number, DeployedPolicy>;
  readonly onces: Map<string, { readonly begunAt: number; readonly done: boolean }>;
  readonly activity: Map<string, ActivityEntry>;
  scanReport: ScanReport | undefined;
}

export function emptyStore(): Store {
  return {
    regionBuilds: new Map(),
    queued: new Map(),
    running: new Map(),
    slots: new Map(),
    pots: new Map(),
    attempts: new Map(),
    targets: new Map(),
    amis: new Map(),
    packageLists: new Map(),
    packageChecks: new Map(),
    announcements: new Map(),
    launches: new Map(),
    launchDays: new Map(),
    imageOwners: new Map(),
    builds: new Map(),
    pointers: new Map(),
    updates: new Map(),
    assessmentDuties: new Map(),
    observations: new Map(),
    stories: new Map(),
    lastLines: new Map(),
    templates: new Map(),
    policies: new Map(),
    onces: new Map(),
    activity: new Map(),
    scanReport: undefined,
  };
}

export const slotKey = ({ region, slot }: { region: string; slot: number }): string => `${region}/${slot}`;
export const attemptKey = (of: { regionBuild: string; attempt: number }): string =>
  `${of.regionBuild}/${of.attempt}`;
export const amiKey = (of: { template: string; amiId: string }): string => `${of.template}/${of.amiId}`;
export const updateKey = (of: { base: string; release: string }): string => `${of.base}/${of.release}`;
export const observationKey = (of: Observation): string =>
  `${of.base}/${of.release}/${of.region}/${of.architecture}`;
