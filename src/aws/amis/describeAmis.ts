import { paginateDescribeImages, type EC2Client } from '@aws-sdk/client-ec2';
import { TAGS } from '../../contract.ts';
import { chunks } from '../../core/chunks.ts';

/** Values of one filter, as EC2 takes them. */
const MOST_VALUES = 200;

/** EC2's words for an AMI that went between the look at it and the next call. */
export const GONE = ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'];

/** An AMI of this account, also one that is deprecated or disabled. */
export interface OwnAmi {
  readonly id: string;
  readonly owner: string;
  readonly available: boolean;
  readonly disabled: boolean;
  readonly deprecatedAt?: string;
  /** Whether we made it: it carries our tag. */
  readonly ours: boolean;
}

/**
 * The AMIs of this account with these ids, by id. Asked for by a filter, one that is gone is left out of the answer;
 * asked for by name, it would be an error in place of all the others.
 */
export async function describeAmis(
  client: EC2Client,
  amiIds: readonly string[],
): Promise<ReadonlyMap<string, OwnAmi>> {
  const found = new Map<string, OwnAmi>();
  for (const Values of chunks([...new Set(amiIds)], MOST_VALUES)) {
    const query = {
      Owners: ['self'],
      Filters: [{ Name: 'image-id', Values }],
      IncludeDeprecated: true,
      IncludeDisabled: true,
    };
    for await (const { Images = [] } of paginateDescribeImages({ client }, query))
      for (const { ImageId: id, OwnerId: owner, State, DeprecationTime, Tags = [] } of Images)
        if (id !== undefined && owner !== undefined)
          found.set(id, {
            id,
            owner,
            available: State === 'available',
            disabled: State === 'disabled',
            ...(DeprecationTime === undefined ? {} : { deprecatedAt: DeprecationTime }),
            ours: Tags.some(({ Key }) => Key === TAGS.TEMPLATE),
          });
  }
  return found;
}
