import * as z from 'zod';
import { ARCHITECTURES, MODES } from '../core/words.ts';
import { NOTIFICATION_TYPES } from './answers/notifications.ts';

/**
 * What the routes take. Path, query and body make one object; a key nobody knows is an error. Whether a template or
 * build of that name exists is the operation's business, so names are only kept short here.
 */

/** Characters of one policy or template text. */
export const LONGEST_TEXT = 1_000_000;

const name = z.string().min(1).max(200);
const reason = z.string().trim().min(1).max(1000);
const howMany = z.coerce.number<number | string>().int().min(1).max(1000);
const yes = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
/** A policy or template as a file holds it. What is too long for either is said by its parser; this is the gateway's share. */
const text = z.string().max(LONGEST_TEXT);

export const nothing = z.strictObject({});
export const queueRequest = z.strictObject({ limit: howMany.default(200) });
/** What would be done next; `limit` of its builds. */
export const planRequest = z.strictObject({ limit: howMany.default(200) });
export const notificationsRequest = z.strictObject({
  /** Which; otherwise all. */
  type: z.enum(NOTIFICATION_TYPES).optional(),
  limit: howMany.default(20),
});
export const buildsRequest = z.strictObject({ template: name.optional(), limit: howMany.default(20) });
export const explainRequest = z.strictObject({ id: name });
export const imagesRequest = z.strictObject({
  template: name.optional(),
  /** Also those that are gone: failed, disabled and deregistered ones. */
  all: yes.default(false),
});
export const staleInstancesRequest = z.strictObject({ template: name.optional() });
export const baseImageRequest = z.strictObject({ base: name });
/** Two images of a base, each by its id, its name, or its release. */
export const comparisonRequest = z.strictObject({
  base: name,
  from: name,
  to: name,
  /** Where only releases are said; otherwise the first that the base has. */
  architecture: z.enum(ARCHITECTURES).optional(),
});

export const changePolicyRequest = z
  .strictObject({
    /** The whole policy. */
    text: text.optional(),
    /** Name of the file it came from, for messages. */
    file: z.string().min(1).max(1000).optional(),
    /** Single values to change in the policy that is deployed; everything else stays as its author wrote it. */
    set: z
      .array(
        z.strictObject({
          /** Path below `auto_ami_policy`, such as `security_updates.high_window`. */
          key: z.string().regex(/^[\w-]+(\.[\w-]+)*$/, 'expected a key such as security_updates.high_window'),
          /** As the file would say it. */
          value: z
            .string()
            .min(1)
            .max(1000)
            .regex(/^[^\r\n]*$/, 'expected one line'),
        }),
      )
      .min(1)
      .max(100)
      .optional(),
    reason,
    /** Say what it would mean and change; apply nothing. */
    check: z.boolean().default(false),
  })
  .refine(
    ({ text: whole, set }) => (whole === undefined) !== (set === undefined),
    'expected either text or set',
  );
export const policyHistoryRequest = z.strictObject({ limit: howMany.default(20) });

export const applyTemplatesRequest = z.strictObject({
  templates: z
    .array(z.strictObject({ file: z.string().min(1).max(1000), text }))
    .min(1)
    .max(1000),
});

/** Made by the caller: sending the same one again asks for the same build, not for another. */
const requestId = z
  .string()
  .regex(/^[A-Za-z0-9-]{8,64}$/, 'expected 8 to 64 letters, digits and dashes, such as a UUID');

export const buildTemplateRequest = z.strictObject({
  slug: name,
  /** Critical: now, out of any window, from the urgent pot. */
  urgent: z.boolean().default(false),
  reason: reason.optional(),
  /** Only there; otherwise wherever the template is built. */
  regions: z.array(name).min(1).max(50).optional(),
  /** Also where an image of the same fingerprint exists. */
  force: z.boolean().default(false),
  requestId,
});

export const buildSecurityUpdateRequest = z.strictObject({
  /** Only this one; otherwise every kept template that lacks an update. */
  template: name.optional(),
  /** Critical: now, out of any window, from the urgent pot. */
  urgent: z.boolean().default(false),
  reason: reason.optional(),
  requestId,
});

export const approveRequest = z.strictObject({ id: name, reason: reason.optional() });
export const prioritizeRequest = z.strictObject({
  id: name,
  /** Within the same urgency and latest start; higher goes first. */
  priority: z.int().min(0).max(1000),
  reason: reason.optional(),
});

/** Another AMI is to be the active one. */
export const activeAmiRequest = z.strictObject({
  slug: name,
  /** Only there; otherwise wherever there is one. */
  regions: z.array(name).min(1).max(50).optional(),
  reason: reason.optional(),
});

/** What is said about a template by hand. */
export const verdictRequest = z.strictObject({ slug: name, reason: reason.default('by hand') });
export const unpauseRequest = z.strictObject({ slug: name });
export const enableTemplateRequest = z.strictObject({
  slug: name,
  reason: reason.optional(),
  /** Launches that make this template popular, from now on; otherwise as the policy says. */
  popularityThreshold: z.int().min(1).max(1_000_000).optional(),
});

export const cancelRequest = z.strictObject({ id: name, reason: reason.optional() });

export const modeRequest = z.strictObject({
  mode: z.enum(MODES),
  /** Only for this template; otherwise for all. */
  template: name.optional(),
  reason: reason.optional(),
  /** Cancel what runs, too; for `stopped` alone. */
  cancelRunning: z.boolean().default(false),
});
