import { oneLine } from '../../../cli/text/clean.ts';
import { table } from '../../../cli/text/table.ts';
import { truncate } from '../../../cli/text/width.ts';
import { by } from '../../../src/core/by.ts';
import { isSettled, progressOf, type Followed } from '../follow/followed.ts';

const BAR = 20;

/** The region builds of a wave, one line each: place, progress bar, state. */
export function buildLines(builds: readonly Followed[], width: number): string[] {
  if (builds.length === 0) return [];
  return table(
    [
      { title: 'TEMPLATE', mayBeCut: true },
      { title: 'REGION' },
      { title: 'ARCH' },
      { title: 'PROGRESS' },
      { title: '' },
    ],
    [...builds]
      .sort(byPlace)
      .map((build) => [build.template, build.region, build.architecture, bar(build), stateOf(build)]),
    width,
  ).map((line) => truncate(line, width));
}

/** What is new since the last look, one line each. */
export function changeLines(before: readonly Followed[], after: readonly Followed[]): string[] {
  const known = new Map(before.map((build) => [build.id, stateOf(build)]));
  return [...after]
    .sort(byPlace)
    .filter((build) => known.get(build.id) !== stateOf(build))
    .map((build) => `${build.template} ${build.region} ${build.architecture}: ${stateOf(build)}`);
}

/** `4 of 6 published`, for one line. */
export function countLine(builds: readonly Followed[], expected: number): string {
  const published = builds.filter(({ stage }) => stage === 'published').length;
  const ended = builds.filter((build) => isSettled(build)).length - published;
  return `${published} of ${expected} published${ended === 0 ? '' : `, ${ended} ended without an image`}`;
}

const byPlace = by<Followed>(
  ({ template }) => template,
  ({ region }) => region,
  ({ architecture }) => architecture,
);

function bar(build: Followed): string {
  const full = Math.round(progressOf(build) * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
}

/** In words; Image Builder's own statuses as it writes them. */
function stateOf({ stage, because, amiId }: Followed): string {
  switch (stage) {
    case 'queued':
      return because === undefined ? 'queued' : `queued: ${oneLine(because)}`;
    case 'granted':
      return 'granted: slot taken, money held';
    case 'recorded':
      return `${amiId ?? 'its AMI'} recorded`;
    case 'published':
      return `✓ ${amiId ?? 'its AMI'} active and published`;
    case 'ended':
      return `✗ ${oneLine(because ?? 'ended')}`;
    case 'PENDING':
    case 'CREATING':
    case 'BUILDING':
    case 'TESTING':
    case 'DISTRIBUTING':
    case 'INTEGRATING':
    case 'AVAILABLE':
      return stage;
  }
}
