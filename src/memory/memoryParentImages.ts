import type { ParentImage } from '../core/template/imageRequest.ts';
import type { ParentImages } from '../ports.ts';

export interface MemoryParentImages extends ParentImages {
  add(region: string, image: ParentImage): void;
  /** Its owner takes the image away. */
  remove(region: string, imageId: string): void;
}

/** EC2's images in memory: none until a test adds some. */
export function memoryParentImages(): MemoryParentImages {
  const images = new Map<string, ParentImage>();
  return {
    add: (region, image) => void images.set(`${region}/${image.id}`, image),
    remove: (region, imageId) => void images.delete(`${region}/${imageId}`),
    describe: async (region, imageId) => images.get(`${region}/${imageId}`),
  };
}
