import { awsParentImages } from '../../aws/parentImages.ts';

export const parentImages = { parentImages: () => awsParentImages() };
