import { expect, test } from 'vitest';
import type { AmiParameters } from '../../src/ports.ts';

/** Somewhere AMI ids are published, and images that EC2 knows there. */
export interface AmiParametersWorld {
  readonly parameters: AmiParameters;
  readonly region: string;
  /** Two images of that region. */
  readonly images: readonly [string, string];
  /** An id that EC2 does not know there. */
  readonly stranger: string;
}

const NAME = '/auto-ami/templates/python-ml/x86_64/ami-id';

export function amiParametersContract(aWorld: () => Promise<AmiParametersWorld>): void {
  test('nothing is published before somebody publishes', async () => {
    const { parameters, region } = await aWorld();
    expect(await parameters.get(region, NAME)).toBeUndefined();
  });

  test('what is published is answered as it reads a moment later, and stays', async () => {
    const { parameters, region, images } = await aWorld();
    for (const image of images) {
      expect(await parameters.put(region, NAME, image)).toBe(image);
      expect(await parameters.get(region, NAME)).toBe(image);
    }
  });

  test('publishing the same twice changes nothing', async () => {
    const { parameters, region, images } = await aWorld();
    await parameters.put(region, NAME, images[0]);
    expect(await parameters.put(region, NAME, images[0])).toBe(images[0]);
  });

  test('an image that EC2 does not know is dropped: the old value stays, and is what it reads', async () => {
    const { parameters, region, images, stranger } = await aWorld();
    await parameters.put(region, NAME, images[0]);
    expect(await parameters.put(region, NAME, stranger)).toBe(images[0]);
    expect(await parameters.get(region, NAME)).toBe(images[0]);
  });

  test('each region has its own', async () => {
    const { parameters, region, images } = await aWorld();
    await parameters.put(region, NAME, images[0]);
    expect(await parameters.get(region, NAME)).toBe(images[0]);
    expect(await parameters.get('eu-west-1', NAME)).toBeUndefined();
  });

  test('several are read at once, more than ten too; those that are absent are left out', async () => {
    const { parameters, region, images } = await aWorld();
    const names = Array.from({ length: 12 }, (_, n) => NAME.replace('python-ml', `template-${n}`));
    await parameters.put(region, names[0]!, images[0]);
    await parameters.put(region, names[11]!, images[1]);
    expect(await parameters.several(region, names)).toEqual(
      new Map([
        [names[0], images[0]],
        [names[11], images[1]],
      ]),
    );
    expect(await parameters.several('eu-west-1', names)).toEqual(new Map());
    expect(await parameters.several(region, [])).toEqual(new Map());
  });
}
