import { awsImageLookup } from '../../aws/imageLookup.ts';

export const imageLookup = { imageLookup: () => awsImageLookup() };
