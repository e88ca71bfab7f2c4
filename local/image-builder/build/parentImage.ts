import type { Call } from '../operations/operation.ts';
import { invalidValue } from '../wire/serviceError.ts';
import { findImage } from '../resources/images.ts';
import type { ParentAmi } from '../sides.ts';

type Lookup = Pick<Call, 'place' | 'sides' | 'store'>;

const ARCHITECTURES = new Set(['x86_64', 'arm64']);

async function amiIdOf(parentImage: string, { place, sides, store }: Lookup): Promise<string> {
  if (parentImage.startsWith('ami-')) return parentImage;
  if (parentImage.startsWith('ssm:')) {
    const name = parentImage.slice('ssm:'.length);
    const value = await sides.ssm.get(place, name);
    if (value?.startsWith('ami-') === true) return value;
    throw invalidValue(
      'parentImage',
      `The SSM parameter '${name}' does not exist or does not hold an AMI ID.`,
    );
  }
  if (/^arn:aws[^:]*:imagebuilder:[^:]+:[^:]+:image\/[a-z0-9-_]+\/[0-9x.]+(?:\/[0-9]+)?$/.test(parentImage)) {
    const amis = findImage(store, parentImage)?.image.outputResources.amis ?? [];
    const here = amis.find(({ region }) => region === place.region)?.image;
    if (here !== undefined) return here;
    throw invalidValue(
      'parentImage',
      `The image '${parentImage}' does not exist or has no AMI in Region '${place.region}'.`,
    );
  }
  throw invalidValue(
    'parentImage',
    'It must be an AMI ID, an Image Builder image ARN, or an SSM parameter prefixed by ssm:.',
  );
}

/**
 * The AMI a recipe builds on, looked up in this region's EC2.
 * @throws ServiceError InvalidParameterValueException if there is none, or none that can be built on
 */
export async function resolveParentImage(parentImage: string, call: Lookup): Promise<ParentAmi> {
  const imageId = await amiIdOf(parentImage, call);
  const ami = await call.sides.ec2.describeAmi(call.place, imageId);
  if (ami === undefined) {
    throw invalidValue(
      'parentImage',
      `The AMI ID '${imageId}' does not exist in Region '${call.place.region}' or you are not authorized to access it.`,
    );
  }
  if (!ARCHITECTURES.has(ami.architecture)) {
    throw invalidValue(
      'parentImage',
      `The architecture '${ami.architecture}' of AMI '${imageId}' is not supported.`,
    );
  }
  return ami;
}
