import type { RegionBuildAnswer } from '../../src/api/answers.ts';
import { dollars } from '../../src/core/money/dollars.ts';
import { oneLine } from '../text/clean.ts';
import { lookUp } from '../text/lookUp.ts';
import { ago, roughly, when, type Moment } from '../text/time.ts';

const SIGNS = {
  queued: '⏳',
  granted: '▶',
  running: '▶',
  succeeded: '✓',
  failed: '✗',
  cancelled: '–',
  refused: '✗',
} as const;

/** The sign of a state, as in `✓`. */
export function signOf({ status }: Pick<RegionBuildAnswer, 'status'>): string {
  return lookUp(SIGNS, status, '•');
}

/** `building (TESTING) for 12 minutes`, `waits: off-peak window opens 02:00 UTC`: what it is doing now. */
export function stateInWords(build: RegionBuildAnswer, moment: Moment): string {
  switch (build.status) {
    case 'queued':
      return waitInWords(build, moment);
    case 'granted':
      return 'about to start';
    case 'running':
      return runInWords(build, moment);
    case 'succeeded':
      return `${build.amiId ?? 'built'}${ended(build, moment)}, cost ${dollars(build.cost)}`;
    case 'failed':
      return `failed${ended(build, moment)}: ${failureInWords(build)}`;
    case 'refused':
      return `refused: ${oneLine(build.failure?.reason ?? 'more than it may cost')}`;
    case 'cancelled':
      return `cancelled${ended(build, moment)}`;
  }
}

function waitInWords({ approval, waiting, startsAt, failure }: RegionBuildAnswer, moment: Moment): string {
  const again =
    failure === null ? '' : ` after attempt ${failure.attempt} failed (${oneLine(failure.error)})`;
  if (approval === 'wanted') return `waits for approval${again}`;
  if (startsAt !== null && startsAt <= moment.now) return `about to start${again}`;
  const { verb, because } = waitSaid(waiting?.because ?? '');
  const state = startsAt === null ? (verb ?? 'queued') : `queued for ${when(startsAt, moment)}`;
  return `${state}${again}${because === '' ? '' : `: ${because}`}`;
}

/** `held: the mode is observe` in its two parts; `waiting` is what everything in a queue does. */
export function waitSaid(sentence: string): { readonly verb?: string; readonly because: string } {
  const [, verb, rest] = /^(waiting|held|parked|refused): (.*)$/.exec(oneLine(sentence)) ?? [];
  if (verb === undefined || rest === undefined) return { because: oneLine(sentence) };
  return verb === 'waiting' ? { because: rest } : { verb, because: rest };
}

function runInWords({ imageStatus, startedAt, attempts, endsAt }: RegionBuildAnswer, moment: Moment): string {
  const since = startedAt === null ? '' : ` for ${roughly(Date.parse(moment.now) - Date.parse(startedAt))}`;
  const attempt = attempts > 1 ? `, attempt ${attempts}` : '';
  const until = endsAt === null ? '' : `, done ${when(endsAt, moment)}`;
  return `building${imageStatus === null ? '' : ` (${imageStatus})`}${since}${attempt}${until}`;
}

export function failureInWords({ failure }: Pick<RegionBuildAnswer, 'failure'>): string {
  return failure === null ? 'for an unknown reason' : `${oneLine(failure.reason)} (${failure.error})`;
}

function ended({ finishedAt }: RegionBuildAnswer, moment: Moment): string {
  return finishedAt === null ? '' : ` ${ago(finishedAt, moment)}`;
}

/** `us-east-1 x86_64`. */
export function placeOf({
  region,
  architecture,
}: {
  readonly region: string;
  readonly architecture: string;
}): string {
  return `${region} ${architecture}`;
}
