import { detectChange } from '../core/base-images/detectChange.ts';
import {
  type BaseImagePointer,
  type BaseImageSighting,
  type Observation,
  pointerKey,
} from '../core/base-images/pointer.ts';
import { readFrom, trackedBases } from '../core/base-images/trackedBases.ts';
import type { TrackedBaseImage } from '../core/base-images/trackedBaseImage.ts';
import type { ScanReport, Services } from '../ports.ts';
import { currentPolicy } from './currentPolicy.ts';
import { inParallel } from '../core/inParallel.ts';

export interface ScanRequest {
  /** Only the base images read from these parameters; all that are tracked if absent. */
  readonly only?: readonly string[];
}

/** What a scan has found. */
export interface Scan {
  /**
   * No region failed altogether. A source that fails for one base image is a problem of that base image: a scan that
   * failed for it would raise the alarm of a silence that there is not.
   */
  readonly succeeded: boolean;
  /** Every tracked base image was looked at, in every region; else only those an event was about. */
  readonly whole: boolean;
  readonly problems: ScanReport['problems'];
  readonly updates: readonly Observation[];
}

export type ScanServices = Pick<
  Services,
  | 'now'
  | 'settings'
  | 'policies'
  | 'templates'
  | 'baseImages'
  | 'baseImageSource'
  | 'commits'
  | 'scanReports'
  | 'log'
>;

/** Whoever finds a pointer changed under its hands looks again, so often. */
const ROUNDS = 3;

/**
 * Compares every tracked base image in every region with what its source says now: the regions at once, each with its
 * own look, so that one that fails does not stop the others. A pointer is only advanced together with its update
 * (design §3, Outbox). Run twice, or two at once, it finds what one finds.
 */
export async function checkBaseImages({ only }: ScanRequest, services: ScanServices): Promise<Scan> {
  const { settings, scanReports, now, log } = services;
  const at = now();
  const [{ policy }, templates, pointers] = await Promise.all([
    currentPolicy(services),
    services.templates.all(),
    services.baseImages.pointers(),
  ]);
  const tracked = trackedBases(
    policy,
    templates.map(({ definition }) => definition),
  );
  const bases = only === undefined ? tracked : readFrom(tracked, only);
  const looks = await Promise.all(
    settings.regions.map(({ name }) => checkRegion(name, bases, pointers, services)),
  );
  const problems = looks.flatMap((look) => look.problems);
  const scan: Scan = {
    succeeded: looks.every(({ blind }) => !blind),
    whole: only === undefined,
    problems,
    updates: looks.flatMap(({ updates }) => updates),
  };
  if (problems.length > 0) log.warn('some base images could not be looked at', { problems });
  if (scan.whole) await scanReports.save({ at, succeeded: scan.succeeded, problems });
  return scan;
}

interface RegionScan {
  readonly problems: ScanReport['problems'];
  readonly updates: readonly Observation[];
  /** There was something to look at, and nothing was seen. */
  readonly blind: boolean;
}

/**
 * Pointers are read before the source is asked: what changes them meanwhile makes the commit fail, and is then looked
 * at again with a new answer. An old answer never overwrites a newer one.
 */
async function checkRegion(
  region: string,
  bases: readonly TrackedBaseImage[],
  pointers: readonly BaseImagePointer[],
  services: ScanServices,
): Promise<RegionScan> {
  let scan: RegionScan = { problems: [], updates: [], blind: false };
  let rest = bases;
  for (let round = 1; round <= ROUNDS && rest.length > 0; round += 1) {
    const before = round === 1 ? pointers : await services.baseImages.pointers();
    const look = await lookAt(region, rest, before, services);
    scan = {
      problems: [...scan.problems, ...look.problems],
      updates: [...scan.updates, ...look.updates],
      blind: scan.blind || (look.seen === 0 && look.problems.length > 0),
    };
    rest = rest.filter(({ name }) => look.contested.has(name));
  }
  if (rest.length > 0)
    services.log.info('left to the next scan', { region, bases: rest.map(({ name }) => name) });
  return scan;
}

interface Look {
  readonly problems: ScanReport['problems'];
  readonly updates: readonly Observation[];
  readonly seen: number;
  /** Base images whose pointer somebody else has moved since it was read. */
  readonly contested: ReadonlySet<string>;
}

async function lookAt(
  region: string,
  bases: readonly TrackedBaseImage[],
  before: readonly BaseImagePointer[],
  services: ScanServices,
): Promise<Look> {
  const known = before.filter((pointer) => pointer.region === region);
  const { sightings, problems } = await answersOf(region, bases, known, services);
  const pointers = new Map(known.map((pointer) => [pointerKey(pointer), pointer]));
  const contested = new Set<string>();
  const updates: Observation[] = [];
  await inParallel(sightings, async (seen) => {
    const outcome = await note(seen, pointers.get(pointerKey(seen)), services);
    if (outcome === 'contested') contested.add(seen.base);
    else updates.push(...outcome);
  });
  return { problems, updates, seen: sightings.length, contested };
}

interface Answers {
  readonly sightings: readonly BaseImageSighting[];
  readonly problems: ScanReport['problems'];
}

/** What the source says; one that cannot be asked at all in a region is a problem of each base image there. */
async function answersOf(
  region: string,
  bases: readonly TrackedBaseImage[],
  known: readonly BaseImagePointer[],
  { baseImageSource }: ScanServices,
): Promise<Answers> {
  try {
    const { sightings, problems } = await baseImageSource.sightings(region, bases, known);
    return {
      sightings,
      problems: problems.map(({ base, architecture, problem }) => ({
        base,
        region,
        problem: architecture === undefined ? problem : `${architecture}: ${problem}`,
      })),
    };
  } catch (error) {
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { sightings: [], problems: bases.map(({ name }) => ({ base: name, region, problem })) };
  }
}

/** Writes what changed; `contested` if somebody else was first. */
async function note(
  seen: BaseImageSighting,
  stored: BaseImagePointer | undefined,
  { now, commits, log }: ScanServices,
): Promise<readonly Observation[] | 'contested'> {
  const detection = detectChange(stored, seen, now());
  switch (detection.kind) {
    case 'unchanged':
      return [];
    case 'stale':
      log.info('an older answer was passed over', { seen });
      return [];
    case 'first':
    case 'confirmed':
    case 'changed': {
      const { committed } = await commits.commit(detection.writes);
      if (!committed) return 'contested';
      return detection.writes.flatMap((write) => (write.kind === 'observation' ? [write.after] : []));
    }
  }
}
