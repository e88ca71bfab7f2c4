import { createHash } from 'node:crypto';
import { EC2Client, type DescribeImagesCommandInput, type Image } from '@aws-sdk/client-ec2';
import { SSMClient, type GetParametersCommandInput } from '@aws-sdk/client-ssm';
import { placesIn } from '../../src/aws/base-images/place.ts';
import type { ForRegion } from '../../src/aws/clients.ts';
import { matchesGlob } from '../../src/core/base-images/matchesGlob.ts';
import type { TrackedBaseImage } from '../../src/core/base-images/trackedBaseImage.ts';

/** The real clients, answered before anything goes over the network: every request is counted. */
export interface FakeUpstreams {
  readonly ssm: ForRegion<SSMClient>;
  readonly ec2: ForRegion<EC2Client>;
  /** Requests so far, by operation. */
  readonly requests: ReadonlyMap<string, number>;
}

/** One image for every base image and architecture of a region, found by its parameter or by owner and name. */
export function fakeUpstreams(bases: readonly TrackedBaseImage[]): FakeUpstreams {
  const requests = new Map<string, number>();
  const count = (operation: string): void => void requests.set(operation, (requests.get(operation) ?? 0) + 1);
  return {
    requests,
    ssm: (region) => {
      const { parameters } = placesIn(region, bases);
      const values = new Map(parameters.map(({ parameter }) => [parameter, imageId(region, parameter)]));
      const client = new SSMClient({ region });
      client.middlewareStack.add(
        () => async (args) => {
          count('ssm GetParameters');
          const { Names = [] } = args.input as GetParametersCommandInput;
          const Parameters = Names.map((Name) => ({ Name, Value: values.get(Name), Version: 1 }));
          return { response: {}, output: { $metadata: {}, Parameters } as never };
        },
        { step: 'initialize' },
      );
      return client;
    },
    ec2: (region) => {
      const images = imagesIn(region, bases);
      const client = new EC2Client({ region });
      client.middlewareStack.add(
        () => async (args) => {
          count('ec2 DescribeImages');
          const Images = images.filter((image) => fits(image, args.input as DescribeImagesCommandInput));
          return { response: {}, output: { $metadata: {}, Images } as never };
        },
        { step: 'initialize' },
      );
      return client;
    },
  };
}

function imagesIn(region: string, bases: readonly TrackedBaseImage[]): Image[] {
  const { parameters, filters } = placesIn(region, bases);
  const named = [
    ...parameters.map(({ base, architecture, parameter }) => ({
      ...{ architecture, owner: 'amazon', id: parameter },
      name: `${base.name}-20260701-${architecture}`,
    })),
    ...filters.map(({ architecture, owner, pattern }) => ({
      ...{ architecture, owner, id: pattern },
      name: pattern.replaceAll(/[*?]/g, '1'),
    })),
  ];
  return named.map(({ architecture, owner, id, name }) => ({
    ImageId: imageId(region, id),
    Name: name,
    OwnerId: owner,
    Architecture: architecture,
    State: 'available',
    CreationDate: '2026-07-01T00:00:00.000Z',
  }));
}

/** As EC2 filters: every filter by one of its values. */
function fits(image: Image, { Owners = [], Filters = [] }: DescribeImagesCommandInput): boolean {
  const fields: Readonly<Record<string, string | undefined>> = {
    'image-id': image.ImageId,
    name: image.Name,
  };
  return (
    (Owners.length === 0 || Owners.includes(image.OwnerId ?? '')) &&
    Filters.every(({ Name = '', Values = [] }) =>
      Values.some((value) => matchesGlob(value, fields[Name] ?? '')),
    )
  );
}

/** A made-up id that is the same each time, and another for each place. */
function imageId(region: string, name: string): string {
  return `ami-${createHash('sha256').update(`${region} ${name}`).digest('hex').slice(0, 17)}`;
}
