import { expect, test } from 'vitest';
import type { ImageLookup } from '../../src/ports.ts';

/** An image that a vendor has published in one region, long ago. */
export interface ImageLookupWorld {
  readonly lookup: ImageLookup;
  readonly region: string;
  readonly image: {
    readonly imageId: string;
    readonly ownerId: string;
    readonly name: string;
    readonly architecture: string;
    readonly creationDate: string;
  };
}

export function imageLookupContract(aWorld: () => Promise<ImageLookupWorld>): void {
  test("anybody's image is found by its id, in its region; ids that are none are left out", async () => {
    const { lookup, region, image } = await aWorld();
    const ids = ['ami-0fffffffffffffff0', image.imageId];
    expect(await lookup.byId(region, ids)).toMatchObject([{ ...image, state: 'available' }]);
    expect(await lookup.byId('eu-west-1', ids)).toEqual([]);
    expect(await lookup.byId(region, [])).toEqual([]);
  });
}
