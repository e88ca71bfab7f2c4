import type { ImageCandidate } from '../core/base-images/chooseImage.ts';
import type { ImageLookup } from '../ports.ts';

export interface MemoryImageLookup extends ImageLookup {
  add(region: string, image: ImageCandidate): void;
}

/** EC2's images in memory: none until a test adds some. */
export function memoryImageLookup(): MemoryImageLookup {
  const images: { readonly region: string; readonly image: ImageCandidate }[] = [];
  return {
    add: (region, image) => void images.push({ region, image }),
    byId: async (region, ids) =>
      images
        .filter((each) => each.region === region && ids.includes(each.image.imageId))
        .map(({ image }) => image),
  };
}
