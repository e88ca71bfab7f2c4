import { settledCost } from '../money/estimate.ts';
import type { Instant, MicroDollars, Milliseconds } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, rewrite } from './compose.ts';
import type { RegionBuild } from './regionBuild.ts';

/** Image Builder has begun: from now on only an event or a look at exactly this image resumes the build. */
export function imageStarted(running: RegionBuild, arn: string, now: Instant): Write[] {
  if (running.status !== 'running' || running.grant === undefined)
    throw new Error(`${running.id} is ${running.status}: it has no image to start`);
  const { write } = rewrite(running, {
    image: { arn, attempt: running.grant.attempt, startedAt: now, status: 'PENDING' },
  });
  return [
    write,
    { kind: 'image-owner', imageArn: arn, regionBuild: running.id },
    explain(running.id, { at: now, rule: 'image-started', because: `Image Builder builds ${arn}` }),
  ];
}

/** What an image passes through in Image Builder, in its own order. */
export const IMAGE_UNDER_WAY = [
  'PENDING',
  'CREATING',
  'BUILDING',
  'TESTING',
  'DISTRIBUTING',
  'INTEGRATING',
] as const;

/** What it ends as, or becomes after its end. */
const IMAGE_ENDED = ['AVAILABLE', 'CANCELLED', 'FAILED', 'DEPRECATED', 'DISABLED', 'DELETED'];

/** What arrives late or twice never turns an image back. */
const ORDER: readonly string[] = [...IMAGE_UNDER_WAY, ...IMAGE_ENDED];

/** Notes how far the image is, for people, and when it ended, for the bill; undefined if that is not news. */
export function imageProgress(
  running: RegionBuild,
  arn: string,
  status: string,
  now: Instant,
): { regionBuild: RegionBuild; writes: Write[] } | undefined {
  const { image } = running;
  if (running.status !== 'running' || image?.arn !== arn) return undefined;
  if (ORDER.indexOf(status) <= ORDER.indexOf(image.status)) return undefined;
  const ended = imageEnded(status) ? { endedAt: image.endedAt ?? now } : {};
  const { after, write } = rewrite(running, { image: { ...image, status, ...ended } });
  return { regionBuild: after, writes: [write] };
}

export function imageEnded(status: string): boolean {
  return IMAGE_ENDED.includes(status);
}

/** How long the current attempt's image has run: until it was seen to have ended, else until now. */
export function ranFor({ image }: Pick<RegionBuild, 'image'>, now: Instant): Milliseconds {
  return image === undefined ? 0 : Math.max(0, (image.endedAt ?? now) - image.startedAt);
}

/** What the current attempt truly cost, from the hourly cost frozen in its grant; nothing if no image was started. */
export function attemptCost(build: Pick<RegionBuild, 'image' | 'grant'>, now: Instant): MicroDollars {
  const { image, grant } = build;
  if (image === undefined || grant === undefined) return 0;
  return settledCost({ hourlyCost: grant.hourlyCost, ran: ranFor(build, now), copies: 0 });
}
