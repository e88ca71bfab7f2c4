import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { ARCHITECTURES } from '../../src/core/words.ts';
import type { LocalClients } from './localClients.ts';

/** The vendors' side: what they published, and the publishing of it on the local AWS. */

const upstreamImage = z.strictObject({
  region: z.string(),
  architecture: z.enum(ARCHITECTURES),
  /** The public parameter that points to the newest image. */
  parameter: z.string().startsWith('/aws/service/'),
  imageId: z.string().startsWith('ami-'),
  name: z.string(),
  published: z.iso.datetime(),
});

const upstream = z.strictObject({
  /** As templates name it. */
  base: z.string(),
  title: z.string(),
  /** The vendor's account. */
  ownerId: z.string().length(12),
  rootDeviceName: z.string(),
  /** Oldest first. */
  releases: z.array(z.strictObject({ release: z.string(), images: z.array(upstreamImage) })),
});
export type Upstream = z.infer<typeof upstream>;

/** What is known of a base image (local/data). */
export function readUpstream(base: string): Upstream {
  const file = join(import.meta.dirname, '..', 'data', `${base}.json`);
  return upstream.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * Publishes one release as its vendor does: first the images, then the public parameters, region by region.
 * @throws Error if the local AWS refuses
 */
export async function publishRelease(
  { ownerId, title, rootDeviceName, releases }: Upstream,
  release: string,
  { endpoint, ssm }: Pick<LocalClients, 'endpoint' | 'ssm'>,
): Promise<void> {
  const images = releases.find((candidate) => candidate.release === release)?.images;
  if (images === undefined) throw new Error(`No release ${release} of ${title} is known.`);
  const response = await fetch(`${endpoint}/_auto-ami/images`, {
    method: 'POST',
    body: JSON.stringify(
      images.map(({ region, imageId, name, architecture, published }) => ({
        ...{ region, imageId, name, architecture, ownerId, rootDeviceName },
        creationDate: published,
        description: `${title} ${release}`,
      })),
    ),
  });
  if (!response.ok)
    throw new Error(`The local AWS did not take ${title} ${release}: ${await response.text()}`);
  for (const { region, parameter, imageId } of images)
    await ssm(region).send(
      new PutParameterCommand({ Name: parameter, Value: imageId, Type: 'String', Overwrite: true }),
    );
}
