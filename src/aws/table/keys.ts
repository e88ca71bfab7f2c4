import {
  pointerKey as pointerName,
  type BasePlace,
  type Observation,
} from '../../core/base-images/pointer.ts';
import { targetKey as targetName, type Instant, type Target } from '../../core/words.ts';
import type { ListedAmi } from '../../ports.ts';

/** The primary key of an item. The names of its attributes are TABLE's in src/contract.ts. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The only item of its partition that is a state; the state machine knows it for region builds. */
const STATE = 'STATE';

/** Numbers sort as texts of one length. */
const padded = (n: number, digits: number): string => String(n).padStart(digits, '0');
export const instantInKey = (at: Instant): string => padded(at, 15);

/** A region build and its story: `STATE`, `LAST_LINE`, `LINE#…`, `ATTEMPT#…`. */
export const regionBuildPartition = (id: string): string => `REGION_BUILD#${id}`;
export const regionBuildKey = (id: string): Key => ({ pk: regionBuildPartition(id), sk: STATE });
export const isRegionBuild = ({ pk, sk }: Key): boolean =>
  pk.startsWith(regionBuildPartition('')) && sk === STATE;
const LAST_LINE = 'LAST_LINE';
export const isLastLine = ({ sk }: Key): boolean => sk === LAST_LINE;
export const lastLineKey = (id: string): Key => ({ pk: regionBuildPartition(id), sk: LAST_LINE });
export const LINES = 'LINE#';
/** Lines of one instant stay in the order in which they were written. */
export const lineKey = (
  id: string,
  of: { at: Instant; writtenAt: Instant; place: number; rule: string },
): Key => ({
  pk: regionBuildPartition(id),
  sk: `${LINES}${instantInKey(of.at)}#${instantInKey(of.writtenAt)}#${padded(of.place, 3)}#${of.rule}`,
});
export const ATTEMPTS = 'ATTEMPT#';
export const attemptKey = (id: string, attempt: number): Key => ({
  pk: regionBuildPartition(id),
  sk: `${ATTEMPTS}${padded(attempt, 4)}`,
});

/** What stands in the queue and what runs, one place each for a target. */
export const OPEN = 'OPEN';
export const queuedKey = (target: Target): Key => ({ pk: OPEN, sk: `QUEUED#${targetName(target)}` });
export const runningKey = (target: Target): Key => ({ pk: OPEN, sk: `RUNNING#${targetName(target)}` });

export const slotsPartition = (region: string): string => `SLOTS#${region}`;
export const slotKey = (region: string, slot: number): Key => ({
  pk: slotsPartition(region),
  sk: `SLOT#${padded(slot, 4)}`,
});

export const potKey = (pot: string): Key => ({ pk: `POT#${pot}`, sk: STATE });

const ANNOUNCEMENT = 'ANNOUNCEMENT#';
export const announcementKey = (key: string): Key => ({ pk: `${ANNOUNCEMENT}${key}`, sk: STATE });
export const isAnnouncement = ({ pk }: Key): boolean => pk.startsWith(ANNOUNCEMENT);

export const TARGETS = 'TARGETS';
export const targetsOf = (template: string): string => `${template}/`;
export const targetKey = (target: Target): Key => ({ pk: TARGETS, sk: targetName(target) });

/** Everything about one template but its definition: its AMIs and its builds. */
export const templatePartition = (template: string): string => `TEMPLATE#${template}`;
export const AMIS = 'AMI#';
export const amiKey = (template: string, amiId: string): Key => ({
  pk: templatePartition(template),
  sk: `${AMIS}${amiId}`,
});
/** Package lists of our AMIs by what they were built on, the newest last; ids of AMIs are of one region each. */
export const builtOnPartition = (architecture: string, baseImageName: string): string =>
  `BUILT_ON#${architecture}/${baseImageName}`;
export const packageListKey = ({ amiId, architecture, baseImageName, createdAt }: ListedAmi): Key => ({
  pk: builtOnPartition(architecture, baseImageName),
  sk: `PACKAGES#${instantInKey(createdAt)}#${amiId}`,
});
export const PACKAGE_CHECKS = 'PACKAGES#';
export const packageCheckKey = ({ template, region, architecture }: Target): Key => ({
  pk: templatePartition(template),
  sk: `${PACKAGE_CHECKS}${region}/${architecture}`,
});
export const BUILDS = 'BUILD#';
export const buildOfTemplateKey = (template: string, requestedAt: Instant, build: string): Key => ({
  pk: templatePartition(template),
  sk: `${BUILDS}${instantInKey(requestedAt)}#${build}`,
});

export const buildKey = (build: string): Key => ({ pk: `BUILD#${build}`, sk: STATE });

export const imageKey = (arn: string): Key => ({ pk: `IMAGE#${arn}`, sk: 'OWNER' });

export const POINTERS = 'POINTERS';
export const pointerKey = (place: BasePlace): Key => ({ pk: POINTERS, sk: pointerName(place) });

/** Updates of a base image, each followed by its observations. */
export const baseImagePartition = (base: string): string => `BASE_IMAGE#${base}`;
export const UPDATES = 'UPDATE#';
export const updateAndObservations = (release: string): string => `${UPDATES}${release}#`;
const UPDATE_STATE = `#${STATE}`;
export const updateKey = (base: string, release: string): Key => ({
  pk: baseImagePartition(base),
  sk: `${UPDATES}${release}${UPDATE_STATE}`,
});
export const isUpdate = ({ pk, sk }: Key): boolean =>
  pk.startsWith(baseImagePartition('')) && sk.endsWith(UPDATE_STATE);
const SEEN = '#SEEN#';
export const observationKey = (of: Observation): Key => ({
  pk: baseImagePartition(of.base),
  sk: `${UPDATES}${of.release}${SEEN}${of.region}/${of.architecture}`,
});
export const isObservation = ({ pk, sk }: Key): boolean =>
  pk.startsWith(baseImagePartition('')) && sk.includes(SEEN);

export const TEMPLATES = 'TEMPLATES';
export const templateKey = (slug: string): Key => ({ pk: TEMPLATES, sk: slug });

export const POLICIES = 'POLICY';
export const policyKey = (version: number): Key => ({ pk: POLICIES, sk: `VERSION#${padded(version, 9)}` });

/** How often each template was launched on each day, oldest first. */
export const LAUNCHES = 'LAUNCHES';
export const launchDayKey = (day: Instant, template: string): Key => ({
  pk: LAUNCHES,
  sk: `${instantInKey(day)}#${template}`,
});
/** That a launch was counted. */
export const launchKey = (id: string): Key => ({ pk: `LAUNCH#${id}`, sk: STATE });

export const scanReportKey: Key = { pk: 'SCAN_REPORT', sk: 'LAST' };

export const onceKey = (key: string): Key => ({ pk: `ONCE#${key}`, sk: STATE });

export const ACTIVITY = 'ACTIVITY';
export const activityKey = (at: Instant, key: string): Key => ({
  pk: ACTIVITY,
  sk: `${instantInKey(at)}#${key}`,
});
/** That something was noted already, whenever it was. */
export const notedKey = (key: string): Key => ({ pk: `${ACTIVITY}#${key}`, sk: 'NOTED' });

/** Kinds of work in the sparse index. */
export const PENDING = {
  ASSESS: 'assess',
  ASSESS_AGAIN: 'assess-again',
  REQUEST_BUILDS: 'request-builds',
  PUBLISH: 'publish',
  TIDY: 'tidy',
  REMOVE: 'remove',
  RETIRE: 'retire',
} as const;
export type PendingWork = (typeof PENDING)[keyof typeof PENDING];
