import { z } from 'zod';
import type { Architecture } from '../../words.ts';
import { parseJson } from './parseJson.ts';

const catalogue = z.object({
  products: z.record(
    z.string(),
    z.object({
      arch: z.string(),
      version: z.string(),
      versions: z.record(
        z.string(),
        z.object({
          items: z.record(z.string(), z.object({ id: z.string().optional(), crsn: z.string().optional() })),
        }),
      ),
    }),
  ),
});

/** The real one has about 11 million characters. */
const LONGEST_CATALOGUE = 64_000_000;

const ARCHITECTURE: Readonly<Record<string, Architecture>> = { amd64: 'x86_64', arm64: 'arm64' };

/** An image in Canonical's catalogue. */
export interface UbuntuImage {
  readonly imageId: string;
  readonly serial: string;
  /** Such as `24.04`. */
  readonly version: string;
  readonly architecture: Architecture;
  readonly region: string;
}

/**
 * Finds images in Canonical's catalogue of the AWS images (simplestreams,
 * `com.ubuntu.cloud:released:aws.json`): which serial an image id is, though its name cannot be looked up any more
 * (images nobody launches become private after half a year).
 */
export function findUbuntuImages(text: string, imageIds: ReadonlySet<string>): UbuntuImage[] {
  const { products } = parseJson("Canonical's image catalogue", text, catalogue, LONGEST_CATALOGUE);
  return Object.values(products).flatMap(({ arch, version, versions }) => {
    const architecture = ARCHITECTURE[arch];
    if (architecture === undefined) return [];
    return Object.entries(versions).flatMap(([serial, { items }]) =>
      Object.values(items).flatMap(({ id, crsn }) =>
        id !== undefined && imageIds.has(id)
          ? [{ imageId: id, serial, version, architecture, region: crsn ?? '' }]
          : [],
      ),
    );
  });
}
