import * as z from 'zod';
import { EVENT_SOURCE, EVENTS, HINTS } from '../core/events.ts';
import { parserOf } from './parse.ts';

/**
 * Why to look at an image: Image Builder says that it changed, somebody began to wait for it, or its build is closed
 * without one.
 */
export type ImageChange =
  | { readonly kind: 'changed'; readonly imageArn: string; readonly status: string }
  | { readonly kind: 'awaited' | 'closed'; readonly regionBuild: string };

/** `EC2 Image Builder Image State Change` (aws-facts §2): the image's ARN among the resources, no reason, no AMIs. */
const stateChange = z
  .object({
    'detail-type': z.literal('EC2 Image Builder Image State Change'),
    resources: z.array(z.string()).min(1),
    detail: z.object({ state: z.object({ status: z.string().min(1) }) }),
  })
  .transform(({ resources, detail }): ImageChange => {
    const [first = ''] = resources;
    return { kind: 'changed', imageArn: first, status: detail.state.status };
  });

const awaited = z
  .object({
    source: z.literal(EVENT_SOURCE),
    'detail-type': z.literal(HINTS.IMAGE_AWAITED),
    detail: z.object({ regionBuild: z.string().min(1) }),
  })
  .transform(({ detail }): ImageChange => ({ kind: 'awaited', regionBuild: detail.regionBuild }));

const closed = z
  .object({
    source: z.literal(EVENT_SOURCE),
    'detail-type': z.literal(EVENTS.BUILD_FINISHED),
    detail: z.object({ regionBuild: z.string().min(1) }),
  })
  .transform(({ detail }): ImageChange => ({ kind: 'closed', regionBuild: detail.regionBuild }));

export const parseImageChange = parserOf('a change of an image', z.union([stateChange, awaited, closed]));
