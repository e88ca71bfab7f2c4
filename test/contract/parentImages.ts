import { expect, test } from 'vitest';
import type { ParentImages } from '../../src/ports.ts';

/** Images somewhere, and one that was taken away. */
export interface ParentImagesWorld {
  readonly parentImages: ParentImages;
  readonly region: string;
  /** Its root device is `/dev/xvda`, with a snapshot of 8 GiB. */
  readonly image: string;
  readonly gone: string;
}

export function parentImagesContract(aWorld: () => Promise<ParentImagesWorld>): void {
  test('an image is told with its root device and the size of its snapshot', async () => {
    const { parentImages, region, image } = await aWorld();
    expect(await parentImages.describe(region, image)).toEqual({
      id: image,
      rootDeviceName: '/dev/xvda',
      volumeGb: 8,
    });
  });

  test('an image that is gone, or was never there, is none', async () => {
    const { parentImages, region, gone } = await aWorld();
    expect(await parentImages.describe(region, gone)).toBeUndefined();
    expect(await parentImages.describe(region, 'ami-0123456789abcdef0')).toBeUndefined();
  });

  test('an image is one of its region alone', async () => {
    const { parentImages, image } = await aWorld();
    expect(await parentImages.describe('eu-west-1', image)).toBeUndefined();
  });
}
