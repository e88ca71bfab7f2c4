import { randomUUID } from 'node:crypto';
import type { BusEvent } from '../sides.ts';

/** The event of an image's new status (user guide, "Event messages"): it names neither reason nor AMIs. */
export const imageStateChange = (imageArn: string, previous: string, status: string): BusEvent => ({
  source: 'aws.imagebuilder',
  detailType: 'EC2 Image Builder Image State Change',
  resources: [imageArn],
  detail: { 'previous-state': { status: previous }, state: { status } },
});

/** The event EC2 sends in the region of a new AMI of one's own. */
export const amiAvailable = (region: string, imageId: string): BusEvent => ({
  source: 'aws.ec2',
  detailType: 'EC2 AMI State Change',
  resources: [`arn:aws:ec2:${region}::image/${imageId}`],
  detail: { RequestId: randomUUID(), ImageId: imageId, State: 'available', ErrorMessage: '' },
});
