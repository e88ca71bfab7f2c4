import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { type ImageCandidate, unusable } from '../../core/base-images/chooseImage.ts';
import type { BaseImagePointer } from '../../core/base-images/pointer.ts';
import { AMI_ID } from '../../core/template/names.ts';
import { inOneSentence } from '../awsError.ts';
import { imagesById } from './describeImages.ts';
import { sightingOf, type DescribedImage, type Finding, type ParameterPlace } from './place.ts';
import { missing, readParameters } from './readParameters.ts';

export interface ParameterLook {
  readonly ssm: SSMClient;
  readonly ec2: EC2Client;
  readonly region: string;
  readonly places: readonly ParameterPlace[];
  /** What is stored of this region. */
  readonly known: readonly BaseImagePointer[];
}

/**
 * What parameters point at. Name and date of an image never change: those that are stored need not be described
 * again, so that a scan that finds nothing new reads parameters and no more.
 */
export async function findByParameter({
  ssm,
  ec2,
  region,
  places,
  known,
}: ParameterLook): Promise<Finding[]> {
  const answers = await readParameters(
    ssm,
    places.map(({ parameter }) => parameter),
  );
  const remembered = new Map(known.map((pointer) => [pointer.imageId, describedBefore(pointer)]));
  const values = [...answers.values()].flatMap((answer) => ('value' in answer ? [answer.value] : []));
  const described = await describeNew(
    ec2,
    values.filter((value) => AMI_ID.pattern.test(value) && !remembered.has(value)),
  );
  return places.map((place): Finding => {
    const { parameter } = place;
    const answer = answers.get(parameter) ?? missing(parameter);
    if ('problem' in answer) return { place, problem: answer.problem };
    const { value } = answer;
    const before = remembered.get(value);
    if (before !== undefined) return { place, sighting: sightingOf(place, region, before, answer) };
    if (!AMI_ID.pattern.test(value))
      return { place, problem: `The parameter ${parameter} holds "${value}", which is no image id.` };
    if ('failed' in described)
      return { place, problem: `${value} could not be described: ${described.failed}` };
    const image = described.images.find(({ imageId }) => imageId === value);
    // Its owner's choice is trusted, also of an image that is deprecated; what cannot be built on is refused here already.
    const objection =
      image === undefined ? 'EC2 shows no such image to this account' : unusable(image, place.architecture);
    return image === undefined || objection !== null
      ? { place, problem: `The parameter ${parameter} names ${value}, but ${objection}.` }
      : { place, sighting: sightingOf(place, region, image, answer) };
  });
}

type Described = { readonly images: readonly ImageCandidate[] } | { readonly failed: string };

async function describeNew(ec2: EC2Client, ids: readonly string[]): Promise<Described> {
  if (ids.length === 0) return { images: [] };
  try {
    return { images: await imagesById(ec2, ids) };
  } catch (error) {
    return { failed: inOneSentence(error) };
  }
}

function describedBefore({ imageId, imageName, imageCreatedAt }: BaseImagePointer): DescribedImage {
  return {
    imageId,
    name: imageName,
    creationDate: imageCreatedAt === undefined ? '' : new Date(imageCreatedAt).toISOString(),
  };
}
