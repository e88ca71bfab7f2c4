import { memoryParentImages } from '../../src/memory/memoryParentImages.ts';
import { parentImagesContract } from './parentImages.ts';

parentImagesContract(async () => {
  const parentImages = memoryParentImages();
  const region = 'us-east-1';
  const [image, gone] = ['ami-0000000000000000a', 'ami-0000000000000000b'];
  for (const id of [image, gone]) parentImages.add(region, { id, rootDeviceName: '/dev/xvda', volumeGb: 8 });
  parentImages.remove(region, gone);
  return { parentImages, region, image, gone };
});
