import { expect, test } from 'vitest';
import { imageEnded } from '../../src/core/builds/image.ts';
import { imageSpec } from '../../src/core/template/imageSpec.ts';
import type { ImageSpec } from '../../src/core/template/imageSpecTypes.ts';
import type { ImageBuilder, ImageReport } from '../../src/ports.ts';
import { aResolvedTemplate, compiled, sha256 } from '../core/template/builders.ts';

/** Image Builder, with an instance profile and a base image in `REGION`. */
export interface ImageBuilderWorld {
  readonly imageBuilder: ImageBuilder;
  readonly baseImage: string;
  readonly instanceProfileName: string;
  /** Lets the image come to a good end. */
  readonly finish: (imageArn: string) => Promise<void>;
  /** From now on images fail with this reason. */
  readonly failWith: (reason: string) => Promise<void>;
  /** Lets an image that is to fail do so. */
  readonly collapse: (imageArn: string) => Promise<void>;
  /** The next start works, but its answer is lost. */
  readonly loseAnswer: () => void;
  /** A base image besides the first. */
  readonly anotherBase: () => Promise<string>;
  /** What there is of recipes and components, by name and version. */
  readonly made: () => Promise<{
    readonly recipes: readonly string[];
    readonly components: readonly string[];
  }>;
}

export const REGION = 'us-east-1';

/** Everything one attempt of a template needs. */
export function aSpec(
  world: Pick<ImageBuilderWorld, 'baseImage' | 'instanceProfileName'>,
  changes: {
    readonly attempt?: number;
    readonly slug?: string;
    readonly baseImage?: string;
    readonly mandatoryTags?: Readonly<Record<string, string>>;
  } = {},
): ImageSpec {
  const { attempt = 1, slug = 'python-ml', baseImage = world.baseImage, mandatoryTags = {} } = changes;
  const template = aResolvedTemplate({
    slug,
    base: 'amazon-linux-2023',
    packages: { system: [], apt: [], dnf: ['git'], conda: [], pip: [] },
  });
  const specified = imageSpec(
    {
      template,
      components: compiled(template),
      architecture: 'x86_64',
      parentImage: { id: baseImage, rootDeviceName: '/dev/xvda', volumeGb: 8 },
      settings: {
        region: REGION,
        securityGroupIds: [],
        instanceTypes: { x86_64: ['m7i.large', 'm6i.large'], arm64: ['m7g.large'] },
        instanceProfileName: world.instanceProfileName,
        enhancedImageMetadata: true,
        mandatoryTags,
      },
      build: `${slug}-0a1b2c3d`,
      regionBuild: `${slug}-${REGION}-x86_64-1`,
      attempt,
      fingerprint: 'f'.repeat(64),
    },
    sha256,
  );
  if (!specified.ok) throw new Error(specified.problems.join('\n'));
  return specified.spec;
}

export function imageBuilderContract(aWorld: () => Promise<ImageBuilderWorld>): void {
  const started = async () => {
    const world = await aWorld();
    const { imageArn } = await world.imageBuilder.start(REGION, aSpec(world));
    const look = async (): Promise<ImageReport> =>
      (await world.imageBuilder.look(REGION, imageArn)) ?? { arn: imageArn, status: 'gone' };
    return { ...world, imageArn, look, status: async () => (await look()).status };
  };

  test('an image is started, and named after its template', async () => {
    const { imageArn, look } = await started();
    expect(imageArn).toMatch(/:image\/auto-ami-python-ml-x86-64\/\d+\.\d+\.\d+\/1$/);
    const report = await look();
    expect(report.arn).toBe(imageArn);
    expect(imageEnded(report.status)).toBe(false);
    expect(report.amiId).toBeUndefined();
  });

  test('starting the same attempt again, also twice at once, starts nothing', async () => {
    const { imageBuilder, imageArn, ...world } = await started();
    const again = () => imageBuilder.start(REGION, aSpec(world));
    expect(await Promise.all([again(), again()])).toEqual([{ imageArn }, { imageArn }]);
  });

  test('another attempt is another image of the same recipe', async () => {
    const { imageBuilder, imageArn, ...world } = await started();
    const second = await imageBuilder.start(REGION, aSpec(world, { attempt: 2 }));
    expect(second.imageArn).toBe(imageArn.replace(/1$/, '2'));
  });

  test('templates share nothing', async () => {
    const { imageBuilder, ...world } = await started();
    const other = await imageBuilder.start(REGION, aSpec(world, { slug: 'rstudio' }));
    expect(other.imageArn).toMatch(/:image\/auto-ami-rstudio-x86-64\/\d+\.\d+\.\d+\/1$/);
  });

  test('an image whose answer was lost is found again', async () => {
    const world = await aWorld();
    const { imageBuilder } = world;
    world.loseAnswer();
    const first = await imageBuilder.start(REGION, aSpec(world)).catch(() => undefined);
    const second = await imageBuilder.start(REGION, aSpec(world));
    expect(first ?? second).toEqual(second);
    expect(second.imageArn).toMatch(/\/1$/);
  });

  test('an image that ends well has an AMI in its region', async () => {
    const { finish, imageArn, look, status } = await started();
    await finish(imageArn);
    await expect.poll(status, { timeout: 20_000 }).toBe('AVAILABLE');
    expect((await look()).amiId).toMatch(/^ami-[0-9a-f]{17}$/);
  });

  test('a finished image has a package list', async () => {
    const { imageBuilder, finish, imageArn, status } = await started();
    await finish(imageArn);
    await expect.poll(status, { timeout: 20_000 }).toBe('AVAILABLE');
    const packages = await imageBuilder.packages(REGION, imageArn);
    expect(packages.length).toBeGreaterThan(30);
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['openssl', 'git']));
    for (const { version } of packages) expect(version).toMatch(/^\d/);
  });

  test('the packages of an image that is not there are a fault', async () => {
    const { imageBuilder, imageArn } = await started();
    await expect(imageBuilder.packages(REGION, imageArn.replace(/1$/, '99'))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('an image that fails tells why, and where its log is', async () => {
    const world = await aWorld();
    await world.failWith('No space left on device');
    const { imageArn } = await world.imageBuilder.start(REGION, aSpec(world));
    await world.collapse(imageArn);
    const look = () => world.imageBuilder.look(REGION, imageArn);
    await expect.poll(async () => (await look())?.status, { timeout: 20_000 }).toBe('FAILED');
    const report = await look();
    expect(report?.reason).toContain('No space left on device');
    expect(report?.log).toMatch(/^\/aws\/imagebuilder\/auto-ami-python-ml-x86-64:\d+\.\d+\.\d+\/1$/);
    expect(report?.amiId).toBeUndefined();
  });

  test('a running image can be cancelled, once or twice', async () => {
    const { imageBuilder, imageArn, status } = await started();
    await imageBuilder.cancel(REGION, imageArn);
    await imageBuilder.cancel(REGION, imageArn);
    await expect.poll(status, { timeout: 20_000 }).toBe('CANCELLED');
  });

  test('an image that has ended stays as it is', async () => {
    const { imageBuilder, finish, imageArn, status } = await started();
    await finish(imageArn);
    await expect.poll(status, { timeout: 20_000 }).toBe('AVAILABLE');
    await imageBuilder.cancel(REGION, imageArn);
    expect(await status()).toBe('AVAILABLE');
  });

  test('an image that is not there is none, and cancelling it is no fault', async () => {
    const { imageBuilder, imageArn } = await started();
    const never = imageArn.replace(/1$/, '99');
    expect(await imageBuilder.look(REGION, never)).toBeUndefined();
    await imageBuilder.cancel(REGION, never);
  });

  test('the configurations of an attempt are tidied when its image has ended, once or twice', async () => {
    const { imageBuilder, finish, imageArn, status, ...world } = await started();
    const { infrastructure, distribution } = aSpec(world);
    const names = { infrastructure: infrastructure.name, distribution: distribution.name };
    await expect(imageBuilder.tidy(REGION, names)).rejects.toMatchObject({
      name: 'ResourceDependencyException',
    });
    await finish(imageArn);
    await expect.poll(status, { timeout: 20_000 }).toBe('AVAILABLE');
    await imageBuilder.tidy(REGION, names);
    await imageBuilder.tidy(REGION, names);
    expect(await status()).toBe('AVAILABLE');
  });

  test('an image that has ended is removed, once or twice; one that runs, or is not ours, is not', async () => {
    const { imageBuilder, finish, imageArn, status } = await started();
    await expect(imageBuilder.remove(REGION, imageArn)).rejects.toMatchObject({
      name: 'ResourceDependencyException',
    });
    const foreign = imageArn.replace('/auto-ami-', '/somebody-');
    await expect(imageBuilder.remove(REGION, foreign)).rejects.toMatchObject({ name: 'NotOurImage' });
    await finish(imageArn);
    await expect.poll(status, { timeout: 20_000 }).toBe('AVAILABLE');
    await imageBuilder.remove(REGION, imageArn);
    expect(await status()).toBe('gone');
    await imageBuilder.remove(REGION, imageArn);
  });

  test('a recipe goes with its last image, and a component with its last recipe', async () => {
    const { imageBuilder, finish, imageArn, anotherBase, made, ...world } = await started();
    const [recipe] = (await made()).recipes;
    const components = (await made()).components;
    const again = await imageBuilder.start(REGION, aSpec(world, { attempt: 2 }));
    const baseImage = await anotherBase();
    const onAnother = await imageBuilder.start(REGION, aSpec(world, { attempt: 3, baseImage }));
    const arns = [imageArn, again.imageArn, onAnother.imageArn];
    for (const arn of arns) {
      await finish(arn);
      await expect
        .poll(async () => (await imageBuilder.look(REGION, arn))?.status, { timeout: 20_000 })
        .toBe('AVAILABLE');
    }
    expect((await made()).recipes).toHaveLength(2);
    await imageBuilder.remove(REGION, imageArn);
    expect((await made()).recipes).toHaveLength(2);
    await imageBuilder.remove(REGION, again.imageArn);
    expect((await made()).recipes).not.toContain(recipe);
    expect(await made()).toEqual({ recipes: [expect.any(String)], components });
    await imageBuilder.remove(REGION, onAnother.imageArn);
    expect(await made()).toEqual({ recipes: [], components: [] });
  });
}
