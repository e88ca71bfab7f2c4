import * as z from 'zod';
import { AMI_STATES } from '../../core/builds/target.ts';
import { REMOVAL_STEPS } from '../../core/images/wayOut.ts';
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
  /** When another took over from it, or it came to nothing. */
  supersededAt: instant.nullable(),
  /** The next step on its way out, when it may be taken (`null`: not as long as what holds it back lasts), and why. */
  next: z.object({ step: word(REMOVAL_STEPS), at: instant.nullable(), because: z.string() }).nullable(),
});
export type AmiAnswer = z.infer<typeof amiAnswer>;

/** `GET /images`: by template, region and architecture, newest first within one. */
export const imagesAnswer = z.object({ now: instant, zone: z.string(), images: z.array(amiAnswer) });
export type ImagesAnswer = z.infer<typeof imagesAnswer>;

/** `POST /templates/{slug}/promote`, `/rollback`: place by place. */
export const activeAmiAnswer = z.object({
  template: z.string(),
  places: z.array(
    target.omit({ template: true }).extend({
      /** The AMI that is active now because of this; `null`: nothing changed there. */
      amiId: z.string().nullable(),
      /** The one it took over from. */
      left: z.string().nullable(),
      because: z.string(),
      /** Whether the parameter of the place shows it already; the slow tick sees to it otherwise. */
      published: z.boolean(),
    }),
  ),
});
export type ActiveAmiAnswer = z.infer<typeof activeAmiAnswer>;
