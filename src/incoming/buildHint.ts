import * as z from 'zod';
import { EVENT_SOURCE, LAUNCHED, TAGS } from '../contract.ts';
import type { Launch } from '../core/launches.ts';
import { type OurEvent, parseOurEvent } from './ourEvent.ts';
import { parserOf } from './parse.ts';

/** Something that may make builds necessary: a change of ours, or a launch; `null` where nobody launched a template. */
export type BuildHint = OurEvent | { readonly launch: Launch | null };

const RECORDED = 'AWS API Call via CloudTrail';

const envelope = { id: z.string().min(1), time: z.iso.datetime().transform((text) => Date.parse(text)) };

/** Told by whoever launches templates: `{template, region, amiId?, launchSeconds?}` (docs/events.md). */
const told = z
  .object({
    ...envelope,
    source: z.literal(EVENT_SOURCE),
    'detail-type': z.literal(LAUNCHED),
    detail: z.looseObject({ template: z.string().min(1) }),
  })
  .transform(({ id, time, detail }) => ({ launch: { id, template: detail.template, at: time } }));

const tag = z.object({ key: z.string(), value: z.string() });

/** A call of RunInstances, recorded by CloudTrail: one launch, however many instances it started. */
const recorded = z
  .object({
    ...envelope,
    'detail-type': z.literal(RECORDED),
    detail: z.object({
      eventName: z.literal('RunInstances'),
      requestParameters: z.object({
        tagSpecificationSet: z.object({ items: z.array(z.object({ tags: z.array(tag) })) }),
      }),
    }),
  })
  .transform(({ id, time, detail }) => {
    const tags = detail.requestParameters.tagSpecificationSet.items.flatMap((item) => item.tags);
    const template = tags.find(({ key }) => key === TAGS.TEMPLATE)?.value;
    // An instance that Image Builder runs to make an AMI is no launch of it.
    const builds = tags.some(({ key }) => key === TAGS.BUILD);
    return { launch: template === undefined || builds ? null : { id, template, at: time } };
  });

const parseLaunch = parserOf<BuildHint>('a launch of a template', z.union([told, recorded]));
const launched = z.object({ 'detail-type': z.enum([LAUNCHED, RECORDED]) });

/** @throws UnknownEvent if it is neither a launch nor one of our own events */
export function parseBuildHint(event: unknown): BuildHint {
  return launched.safeParse(event).success ? parseLaunch(event) : parseOurEvent(event);
}
