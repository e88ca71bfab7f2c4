import { imageEnded } from '../core/builds/image.ts';
import type { Inventory } from '../core/evidence/inventory.ts';
import type { ImageSpec } from '../core/template/imageSpecTypes.ts';
import type { ImageBuilder, ImageReport } from '../ports.ts';
import { faultQueue, namedError, type NextFaults } from './nextFaults.ts';

/** Everything there is of one started image. */
export interface MemoryImage extends ImageReport {
  readonly region: string;
  readonly spec: ImageSpec;
}

export interface MemoryImageBuilder extends ImageBuilder, NextFaults {
  /** Everything that was started, oldest first. */
  images(): readonly MemoryImage[];
  /** Names of the configurations that nobody has tidied yet, by region. */
  configurations(region: string): readonly string[];
  /** ARNs of the recipes, and names and versions of the components, that nobody has removed yet, by region. */
  recipes(region: string): readonly string[];
  components(region: string): readonly string[];
  /** The image reaches a status, such as `BUILDING`. */
  advance(imageArn: string, status: string): void;
  /** The image becomes available; answers the id of its AMI. */
  finish(imageArn: string): string;
  /** The image fails, with the reason that Image Builder gives. */
  failImage(imageArn: string, reason: string): void;
  /** What is installed in images that are there from now on; nothing until a test says so. */
  install(packages: Inventory): void;
  /** Somebody deletes the image. */
  forget(imageArn: string): void;
  /** The next start works, but nobody hears of it. */
  readonly loseAnswer: () => void;
  /** The next list of packages cannot be read. */
  readonly failNextList: NextFaults['failNext'];
  /** The next removals fail. */
  readonly failNextRemoval: NextFaults['failNext'];
  /** How often each operation was called. */
  readonly calls: {
    start: number;
    look: number;
    packages: number;
    cancel: number;
    tidy: number;
    remove: number;
  };
}

/** Image Builder in memory: images are PENDING until a test lets them go on. `failNext` is for starts. */
export function memoryImageBuilder(): MemoryImageBuilder {
  const images = new Map<string, MemoryImage>();
  /** Also those that are gone: no number of a build, and no id of an AMI, is given twice. */
  const everStarted: string[] = [];
  const configurations = new Map<string, Set<string>>();
  const recipes = new Map<string, { readonly region: string; readonly components: readonly string[] }>();
  const faults = faultQueue();
  const listFaults = faultQueue();
  const removeFaults = faultQueue();
  const calls = { start: 0, look: 0, packages: 0, cancel: 0, tidy: 0, remove: 0 };
  const inventories = new Map<string, Inventory>();
  let installed: Inventory = [];
  let lost = 0;

  const configurationsIn = (region: string): Set<string> => {
    const there = configurations.get(region) ?? new Set();
    configurations.set(region, there);
    return there;
  };
  const change = (imageArn: string, changed: Partial<MemoryImage>): void => {
    const image = images.get(imageArn);
    if (image === undefined) throw new Error(`there is no image ${imageArn}`);
    images.set(imageArn, { ...image, ...changed });
  };
  /** One client token, one image: whoever asks again gets the same. */
  const startedBefore = (region: string, spec: ImageSpec): MemoryImage | undefined =>
    [...images.values()].find(
      (image) => image.region === region && image.spec.image.clientToken === spec.image.clientToken,
    );

  return {
    calls,
    images: () => [...images.values()],
    configurations: (region) => [...configurationsIn(region)].sort(),
    recipes: (region) => [...recipes].filter(([, recipe]) => recipe.region === region).map(([arn]) => arn),
    components: (region) => [
      ...new Set(
        [...recipes.values()]
          .filter((recipe) => recipe.region === region)
          .flatMap((recipe) => recipe.components),
      ),
    ],
    advance: (imageArn, status) => change(imageArn, { status }),
    finish(imageArn) {
      const place = everStarted.indexOf(imageArn) + 1;
      const amiId = `ami-${place.toString(16).padStart(17, '0')}`;
      change(imageArn, { status: 'AVAILABLE', amiId });
      const collects = images.get(imageArn)?.spec.image.enhancedImageMetadataEnabled === true;
      if (collects) inventories.set(imageArn, installed);
      return amiId;
    },
    failImage: (imageArn, reason) => change(imageArn, { status: 'FAILED', reason, log: logOf(imageArn) }),
    install: (packages) => void (installed = packages),
    forget: (imageArn) => void images.delete(imageArn),
    failNext: faults.failNext,
    failNextList: listFaults.failNext,
    failNextRemoval: removeFaults.failNext,
    loseAnswer: () => void (lost += 1),
    async start(region, spec) {
      calls.start += 1;
      faults.throwNext();
      configurationsIn(region).add(spec.infrastructure.name).add(spec.distribution.name);
      const { name, semanticVersion } = spec.recipe;
      const version = `arn:aws:imagebuilder:${region}:123456789012:image/${name}/${semanticVersion}`;
      const builds = everStarted.filter((arn) => arn.startsWith(`${version}/`)).length;
      const imageArn = startedBefore(region, spec)?.arn ?? `${version}/${builds + 1}`;
      if (!images.has(imageArn)) {
        images.set(imageArn, { arn: imageArn, region, spec, status: 'PENDING' });
        everStarted.push(imageArn);
      }
      const components = spec.components.map((component) => `${component.name}/${component.semanticVersion}`);
      recipes.set(recipeOf(imageArn), { region, components });
      if (lost > 0) {
        lost -= 1;
        throw namedError('TimeoutError', 'the answer was lost');
      }
      return { imageArn };
    },
    async look(region, imageArn) {
      calls.look += 1;
      const image = images.get(imageArn);
      if (image?.region !== region) return undefined;
      const { arn, status, reason, log, amiId } = image;
      return {
        arn,
        status,
        ...(reason === undefined ? {} : { reason }),
        ...(log === undefined ? {} : { log }),
        ...(amiId === undefined ? {} : { amiId }),
      };
    },
    async packages(region, imageArn) {
      calls.packages += 1;
      listFaults.throwNext();
      if (images.get(imageArn)?.region !== region)
        throw namedError('ResourceNotFoundException', `there is no image ${imageArn}`);
      return inventories.get(imageArn) ?? [];
    },
    async cancel(region, imageArn) {
      calls.cancel += 1;
      const image = images.get(imageArn);
      if (image?.region === region && !imageEnded(image.status)) change(imageArn, { status: 'CANCELLED' });
    },
    async tidy(region, { infrastructure, distribution }) {
      calls.tidy += 1;
      const inUse = [...images.values()].find(
        (image) =>
          image.region === region &&
          !imageEnded(image.status) &&
          image.spec.infrastructure.name === infrastructure,
      );
      if (inUse !== undefined) throw namedError('ResourceDependencyException', `${inUse.arn} still runs`);
      configurationsIn(region).delete(infrastructure);
      configurationsIn(region).delete(distribution);
    },
    async remove(region, imageArn) {
      calls.remove += 1;
      removeFaults.throwNext();
      if (!imageArn.includes(':image/auto-ami-'))
        throw namedError('NotOurImage', `${imageArn} is not named as ours`);
      const image = images.get(imageArn);
      if (image?.region === region && !imageEnded(image.status))
        throw namedError('ResourceDependencyException', `${imageArn} still runs`);
      images.delete(imageArn);
      const recipe = recipeOf(imageArn);
      if (![...images.keys()].some((arn) => recipeOf(arn) === recipe)) recipes.delete(recipe);
    },
  };
}

function recipeOf(imageArn: string): string {
  return imageArn.replace(':image/', ':image-recipe/').replace(/\/\d+$/, '');
}

/** Where Image Builder would write it. */
function logOf(imageArn: string): string {
  return imageArn.replace(/^.*:image\/([^/]+)\//, '/aws/imagebuilder/$1:');
}
