import type { ImageCandidate } from '../core/base-images/chooseImage.ts';

/** Images of anybody as EC2 shows them to this account, deprecated ones among them. */
export interface ImageLookup {
  /** Those that there are in a region; ids that are gone, or never were, are left out. */
  byId(region: string, ids: readonly string[]): Promise<readonly ImageCandidate[]>;
}
