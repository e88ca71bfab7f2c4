import type { PlaceStatus, RegionBuildAnswer, TemplateStatus } from '../../src/api/answers.ts';
import { SECURITY_LEVELS } from '../../src/core/words.ts';
import { oneLine } from '../text/clean.ts';
import { ago, counted, when, type Moment } from '../text/time.ts';

/** One line about a template: the most pressing thing that is true of it. */
export function templateHeadline(template: TemplateStatus, moment: Moment): string {
  const { places, disabled, paused } = template;
  if (disabled !== null) return `⏸ Disabled (${oneLine(disabled.reason)})`;
  if (paused !== null) return `⚠️ Paused (${oneLine(paused.reason)})`;
  const open = places.flatMap((place) => place.open);
  const pressing = open.find((build) => build.status === 'queued' && isSecurity(build));
  if (pressing !== undefined)
    return `⚠️ Pending security update (${pressing.level})${starting(pressing, moment)}`;
  const running = open.filter(({ status }) => status !== 'queued');
  if (running.length > 0) return `▶ Building (${running.length} of ${counted(places.length, 'place')})`;
  const failed = places.filter(({ lastFailure }) => lastFailure !== null);
  if (failed.length > 0) return `✗ Failed (in ${failed.map(({ region }) => region).join(', ')})`;
  const [queued] = [...open].sort((one, other) => (one.startsAt ?? '~').localeCompare(other.startsAt ?? '~'));
  if (queued !== undefined) return queuedInWords(queued, moment);
  return compiledInWords(places, moment);
}

function queuedInWords(build: RegionBuildAnswer, moment: Moment): string {
  if (build.approval === 'wanted') return '⏳ Waits for approval';
  if (build.startsAt !== null && build.startsAt <= moment.now) return '⏳ About to start';
  return `⏳ Queued${build.startsAt === null ? '' : ` for ${when(build.startsAt, moment)}`}`;
}

function compiledInWords(places: readonly PlaceStatus[], moment: Moment): string {
  const active = places.flatMap(({ active: ami }) => ami ?? []);
  const latest = active
    .map(({ since }) => since)
    .sort()
    .at(-1);
  if (latest === undefined) return '⏳ Not compiled yet';
  const missing = places.filter((place) => place.active === null).map(({ region }) => region);
  const unpublished = active.filter(({ published }) => !published).length;
  return [
    `✓ Compiled (last: ${ago(latest, moment)})`,
    ...(missing.length === 0 ? [] : [`not yet in ${missing.join(', ')}`]),
    ...(unpublished === 0 ? [] : [`${unpublished} not published yet`]),
  ].join(', ');
}

/** Worst first; `none` and `unknown` are no reason to alarm anyone. */
const ALARMING: readonly string[] = SECURITY_LEVELS.slice(0, 2);

function isSecurity({ level, triggers }: RegionBuildAnswer): boolean {
  return ALARMING.includes(level) && triggers.includes('security');
}

function starting({ approval, startsAt }: RegionBuildAnswer, moment: Moment): string {
  if (approval === 'wanted') return ', waits for approval';
  return startsAt === null ? '' : `, starts ${when(startsAt, moment)}`;
}
