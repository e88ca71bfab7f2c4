import * as z from 'zod';
import { AMI_STATES } from '../../core/builds/target.ts';
import { instant, word } from '../values.ts';
import { target } from './builds.ts';

/** One AMI we made. */
export const amiAnswer = target.extend({
  amiId: z.string(),
  state: word(AMI_STATES),
  baseImageId: z.string(),
  baseImageName: z.string(),
  baseRelease: z.string(),
  fingerprint: z.string(),
  build: z.string(),
  regionBuild: z.string(),
  imageArn: z.string(),
  createdAt: instant,
  promotedAt: instant.nullable(),
  /** When its SSM parameter was read back with this id. */
  publishedAt: instant.nullable(),
  /** Name of that parameter. */
  parameter: z.string(),
  replaces: z.string().nullable(),
});
export type AmiAnswer = z.infer<typeof amiAnswer>;

/** `GET /images`: by template, region and architecture, newest first within one. */
export const imagesAnswer = z.object({ now: instant, zone: z.string(), images: z.array(amiAnswer) });
export type ImagesAnswer = z.infer<typeof imagesAnswer>;
