import { paginateDescribeImages, type EC2Client, type Filter, type Image } from '@aws-sdk/client-ec2';
import { chunks } from '../../core/chunks.ts';
import type { ImageCandidate } from '../../core/base-images/chooseImage.ts';

/** What EC2 takes: values of one filter, and images a page. */
const MOST_VALUES = 200;
const MOST_IMAGES = 1_000;

/**
 * The images of these ids that this account can see. Asked for by a filter, an id that is gone is left out of the
 * answer; asked for by name, it would be an error in place of all the others.
 */
export async function imagesById(ec2: EC2Client, ids: readonly string[]): Promise<ImageCandidate[]> {
  const different = [...new Set(ids)];
  return inParts(different, (Values) =>
    describe(ec2, { Filters: [{ Name: 'image-id', Values }], IncludeDeprecated: true }),
  );
}

/** All images of these owners whose name fits one of these patterns. Who owns what is for the caller to tell apart. */
export async function imagesByName(
  ec2: EC2Client,
  owners: readonly string[],
  patterns: readonly string[],
): Promise<ImageCandidate[]> {
  return inParts([...new Set(patterns)], (Values) =>
    describe(ec2, { Owners: [...new Set(owners)], Filters: [{ Name: 'name', Values }] }),
  );
}

async function inParts(
  values: readonly string[],
  read: (part: string[]) => Promise<ImageCandidate[]>,
): Promise<ImageCandidate[]> {
  const found: ImageCandidate[] = [];
  for (const part of chunks(values, MOST_VALUES)) found.push(...(await read(part)));
  return found;
}

async function describe(
  client: EC2Client,
  query: {
    readonly Owners?: string[];
    readonly Filters: Filter[];
    readonly IncludeDeprecated?: true;
  },
): Promise<ImageCandidate[]> {
  const found: ImageCandidate[] = [];
  for await (const { Images = [] } of paginateDescribeImages({ client, pageSize: MOST_IMAGES }, query))
    found.push(...Images.flatMap(candidateOf));
  return found;
}

/** What EC2 says of every image it shows; one without a name or an owner could not be chosen by either. */
function candidateOf(image: Image): ImageCandidate[] {
  const { ImageId, Name, CreationDate = '', OwnerId, Architecture, State } = image;
  if (ImageId === undefined || Name === undefined || OwnerId === undefined) return [];
  return [
    {
      imageId: ImageId,
      name: Name,
      creationDate: CreationDate,
      ownerId: OwnerId,
      architecture: Architecture ?? 'unknown',
      state: State ?? 'unknown',
      ...(image.DeprecationTime === undefined ? {} : { deprecationTime: image.DeprecationTime }),
      ...(image.ImageAllowed === undefined ? {} : { imageAllowed: image.ImageAllowed }),
    },
  ];
}
