import { EC2Client } from '@aws-sdk/client-ec2';
import type { ImageLookup } from '../ports.ts';
import { imagesById } from './base-images/describeImages.ts';
import { perRegion, type ForRegion } from './clients.ts';

export interface ImageLookupOptions {
  readonly ec2?: ForRegion<EC2Client>;
}

/**
 * Images that nobody here has seen yet, by their ids.
 *
 * Action: ec2:DescribeImages.
 */
export function awsImageLookup({ ec2 = perRegion(EC2Client) }: ImageLookupOptions = {}): ImageLookup {
  return { byId: (region, ids) => imagesById(ec2(region), ids) };
}
