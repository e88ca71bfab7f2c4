import { memoryImageLookup } from '../../src/memory/memoryImageLookup.ts';
import { amazonLinux, anImageId, REGION } from './baseImageSource.ts';
import { imageLookupContract } from './imageLookup.ts';

imageLookupContract(async () => {
  const lookup = memoryImageLookup();
  const image = { imageId: anImageId(), ownerId: '137112412989', ...amazonLinux('2023.12.20260727') };
  lookup.add(REGION, { ...image, state: 'available' });
  return { lookup, region: REGION, image };
});
