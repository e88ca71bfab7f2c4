import { createHash } from 'node:crypto';
import { pointerKey } from '../../src/core/base-images/pointer.ts';
import { ask } from '../../src/core/builds/ask.ts';
import type { RegionBuildWish } from '../../src/core/builds/enqueue.ts';
import type { RegionBuild } from '../../src/core/builds/regionBuild.ts';
import type { Assessment } from '../../src/core/evidence/assessment.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy/policy.ts';
import { NO_PACKAGES, type Template } from '../../src/core/template/template.ts';
import { type Instant, MINUTE, type Target, targetKey } from '../../src/core/words.ts';
import { memoryAmiLifecycle } from '../../src/memory/memoryAmiLifecycle.ts';
import { memoryAmiParameters } from '../../src/memory/memoryAmiParameters.ts';
import { memoryBaseImageSource } from '../../src/memory/memoryBaseImageSource.ts';
import { memoryEvents } from '../../src/memory/memoryEvents.ts';
import { memoryFirstPolicy } from '../../src/memory/memoryFirstPolicy.ts';
import { memoryImageBuilder } from '../../src/memory/memoryImageBuilder.ts';
import { memoryImageLookup } from '../../src/memory/memoryImageLookup.ts';
import { memoryInstances } from '../../src/memory/memoryInstances.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import { memoryNotices } from '../../src/memory/memoryNotices.ts';
import { memoryPackageAdvisories } from '../../src/memory/memoryPackageAdvisories.ts';
import { memoryParentImages } from '../../src/memory/memoryParentImages.ts';
import { memoryPrices } from '../../src/memory/memoryPrices.ts';
import { memoryScans } from '../../src/memory/memoryScans.ts';
import { memoryTable } from '../../src/memory/memoryTable.ts';
import type { KeptTemplate } from '../../src/ports.ts';
import type { DeploymentSettings } from '../../src/settings.ts';
import { checkBudget } from '../../src/app/checkBudget.ts';
import { publishImage } from '../../src/app/publishImage.ts';
import { recordFailure } from '../../src/app/recordFailure.ts';
import { recordImage } from '../../src/app/recordImage.ts';
import { startImage } from '../../src/app/startImage.ts';
import { BARE } from '../core/template/builders.ts';
import { withEffects } from './effects.ts';
import { fakeStepFunctions } from './stepFunctions.ts';

/** Tue 24 Nov 2026, 19:00 UTC. */
export const START: Instant = Date.UTC(2026, 10, 24, 19);
export const REGIONS = ['us-east-1', 'us-west-2'] as const;
export const BASE = 'amazon-linux-2023';
export const TEMPLATE = 'python-ml';

export const SETTINGS: DeploymentSettings = {
  homeRegion: 'us-east-1',
  regions: REGIONS.map((name) => ({
    name,
    securityGroupIds: [],
    instanceTypes: { x86_64: ['m7i.large'], arm64: ['m7g.large'] },
    mandatoryTags: {},
  })),
  instanceProfileName: 'auto-ami-build',
  amiParameter: '/auto-ami/templates/{template}/{architecture}/ami-id',
  baseImageParameters: [],
  enhancedImageMetadata: true,
  scanIntervalMinutes: 60,
};

export function aTemplate(changes: Partial<Template> = {}): Template {
  return {
    ...BARE,
    slug: TEMPLATE,
    name: 'Python ML',
    base: BASE,
    packages: { ...NO_PACKAGES, system: ['python3'] },
    ...changes,
  };
}

/** The image of release `n` of the base in a region. */
export function baseImageId(region: string, release: number): string {
  return `ami-${(REGIONS.findIndex((name) => name === region) + 1).toString()}${release.toString(16).padStart(16, '0')}`;
}

/** What every update is assessed as. */
const CRITICAL: Assessment = {
  type: 'security',
  level: 'critical',
  confidence: 'exact',
  packages: [],
  advisories: [],
  reopened: [],
  cves: [],
  exploited: [],
  changelogUrl: null,
  recalled: false,
  sources: [],
  because: ['a test says so'],
  incomplete: false,
};

export type World = ReturnType<typeof newWorld>;

/** All services in memory, a clock that a test turns, and a state machine that walks its real definition. */
export function newWorld({ policy = {} }: { readonly policy?: Partial<Policy> } = {}) {
  const clock = { now: START };
  const now = () => clock.now;
  const table = memoryTable({ now });
  const imageBuilder = memoryImageBuilder();
  const parentImages = memoryParentImages();
  const imageLookup = memoryImageLookup();
  const instances = memoryInstances();
  const amiParameters = memoryAmiParameters();
  const amiLifecycle = memoryAmiLifecycle();
  const events = memoryEvents();
  const log = memoryLog();
  const prices = memoryPrices();
  const packageAdvisories = memoryPackageAdvisories();
  const baseImageSource = memoryBaseImageSource({ now });
  const stepFunctions = fakeStepFunctions(
    {
      checkBudget: (input) => effects.handle(() => checkBudget(input, services)),
      startImage: (input) => effects.handle(() => startImage(input, services)),
      recordImage: (input) => effects.handle(() => recordImage(input, services)),
      publishImage: (input) => effects.handle(() => publishImage(input, services)),
      recordFailure: (input) => effects.handle(() => recordFailure(input, services)),
    },
    { stateMachine: table.stateMachine, now },
  );
  const { services, effects } = withEffects({
    ...table,
    now,
    chance: () => 0,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    log,
    settings: SETTINGS,
    baseImageSource,
    evidence: { assess: async () => CRITICAL },
    packageAdvisories,
    imageBuilder,
    parentImages,
    imageLookup,
    instances,
    amiParameters,
    amiLifecycle,
    executions: stepFunctions,
    events,
    notices: memoryNotices(),
    prices,
    scans: memoryScans(),
    firstPolicy: memoryFirstPolicy(),
  });

  const world = {
    services,
    effects,
    table,
    imageBuilder,
    parentImages,
    imageLookup,
    instances,
    amiParameters,
    amiLifecycle,
    events,
    log,
    prices,
    packageAdvisories,
    baseImageSource,
    stepFunctions,
    advance: (by: number) => void (clock.now += by),

    /** A base image in every region, the deployment's policy, and the templates; nothing is asked for yet. */
    async prepare(templates: readonly Template[] = [aTemplate()]): Promise<void> {
      for (const region of REGIONS) await world.publishBase(region, 1);
      await world.setPolicy(policy);
      for (const definition of templates) await world.saveTemplate(definition);
      table.drain();
    },

    async publishBase(region: string, release: number): Promise<void> {
      const place = { base: BASE, region, architecture: 'x86_64' } as const;
      const imageId = baseImageId(region, release);
      parentImages.add(region, { id: imageId, rootDeviceName: '/dev/xvda', volumeGb: 8 });
      const pointers = await services.baseImages.pointers();
      const before = pointers.find((pointer) => pointerKey(pointer) === pointerKey(place));
      const after = {
        ...place,
        imageId,
        imageName: `al2023-${release}`,
        release: `${release}`,
        since: now(),
      };
      await must(services.commits.commit([{ kind: 'pointer', after, expects: before ?? null }]));
    },

    /** The upstream has a release there; a scan will find it. */
    publishUpstream(region: string, release: number): void {
      const imageId = baseImageId(region, release);
      parentImages.add(region, { id: imageId, rootDeviceName: '/dev/xvda', volumeGb: 8 });
      const named = { imageId, imageName: `al2023-${release}`, release: `${release}` };
      baseImageSource.publish({ base: BASE, region, architecture: 'x86_64', ...named });
    },

    async setPolicy(changes: Partial<Policy>): Promise<void> {
      const version = ((await services.policies.current())?.version ?? 0) + 1;
      await services.policies.save({
        version,
        text: '',
        policy: { ...DEFAULT_POLICY, mode: 'act', ...changes },
        changedAt: now(),
        changedBy: 'a test',
        reason: '',
      });
    },

    async saveTemplate(definition: Template, changes: Partial<KeptTemplate> = {}): Promise<void> {
      const before = await services.templates.get(definition.slug);
      await services.templates.save({
        ...before,
        ...changes,
        slug: definition.slug,
        revision: (before?.revision ?? 0) + 1,
        definition,
        changedAt: now(),
        changedBy: 'a test',
      });
    },

    /** Asks for an image of the template in a region, as `request-builds` does. */
    async ask(target: Partial<Target> = {}, changes: Partial<RegionBuildWish> = {}): Promise<RegionBuild> {
      const wished = aWish(target, changes, now());
      const { builds } = await services.regionBuilds.open();
      const queued = builds.find(
        (build) => build.status === 'queued' && targetKey(build) === targetKey(wished),
      );
      const state = (await services.targets.of(wished.template)).find(
        (each) => targetKey(each) === targetKey(wished),
      );
      const cause = { id: `${wished.template}-00000001`, because: 'a test asks' };
      const asked = ask(wished, { target: state, queued }, cause, DEFAULT_POLICY);
      await must(services.commits.commit(asked.writes));
      return asked.regionBuild;
    },

    async build(id: string): Promise<RegionBuild> {
      const found = await services.regionBuilds.get(id);
      if (found === undefined) throw new Error(`there is no region build ${id}`);
      return found;
    },
  };
  return world;
}

function aWish(target: Partial<Target>, changes: Partial<RegionBuildWish>, now: Instant): RegionBuildWish {
  return {
    template: TEMPLATE,
    region: 'us-east-1',
    architecture: 'x86_64',
    ...target,
    requestedAt: now,
    triggers: ['manual'],
    reasons: [{ trigger: 'manual', at: now, level: 'none', because: 'a test asks', actor: 'a test' }],
    level: 'none',
    urgency: 'normal',
    priority: 70,
    pot: 'daily',
    deadlineBinds: false,
    immediate: true,
    forced: false,
    approval: 'not-needed',
    deadline: now + 30 * 24 * 60 * MINUTE,
    ...changes,
  };
}

async function must(result: Promise<{ readonly committed: boolean }>): Promise<void> {
  if (!(await result).committed) throw new Error('the test could not prepare what it needs');
}
