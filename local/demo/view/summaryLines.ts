import { oneLine } from '../../../cli/text/clean.ts';
import { table } from '../../../cli/text/table.ts';
import { counted } from '../../../cli/text/time.ts';
import { tree } from '../../../cli/text/tree.ts';
import { dollars } from '../../../src/core/money/dollars.ts';
import type { AmiVerdict } from '../outcome.ts';
import type { TakenStep } from '../steps.ts';
import type { Booking, TimelineStep } from '../timeline.ts';
import { seconds } from './seconds.ts';

export interface Summary {
  /** What was rebuilt for, such as `Amazon Linux 2023 2023.9.20251208`. */
  readonly update: string;
  readonly amis: readonly AmiVerdict[];
  readonly timeline: readonly TimelineStep[];
  readonly bookings: readonly Booking[];
  /** Subjects, in the order they came. */
  readonly notices: readonly string[];
  readonly steps: readonly TakenStep[];
  /** Milliseconds. */
  readonly total: number;
}

/** What came of a run: AMIs, times, money, notices. */
export function summaryLines(
  { update, amis, timeline, bookings, notices, steps, total }: Summary,
  width: number,
): string[] {
  const bad = amis.filter(({ problem }) => problem !== undefined).length;
  return [
    '',
    bad === 0
      ? `✓ ${update}: ${counted(amis.length, 'new AMI')}, active and published`
      : `✗ ${update}: ${bad} of ${amis.length} AMIs are not active and published`,
    '',
    ...table(
      [
        { title: 'TEMPLATE', mayBeCut: true },
        { title: 'REGION' },
        { title: 'ARCH' },
        { title: 'AMI' },
        { title: 'SSM PARAMETER', mayBeCut: true },
      ],
      amis.map(({ template, region, architecture, amiId, parameter, problem }) => [
        ...[template, region, architecture, amiId ?? '–'],
        problem === undefined ? (parameter ?? '') : `✗ ${oneLine(problem)}`,
      ]),
      width,
    ),
    '',
    ...table(
      [{ title: 'SINCE IT WAS PUBLISHED UPSTREAM' }, { title: 'FIRST' }, { title: 'LAST' }],
      timeline.map(({ step, first, last }) => [step, seconds(first), seconds(last)]),
      width,
    ),
    '',
    ...bookings.map(
      ({ pots, cost, regionBuilds }) =>
        `Cost: ${dollars(cost)} for ${counted(regionBuilds, 'attempt')}, booked against ${pots}`,
    ),
    ...(notices.length === 0
      ? ['No notice reached the admins.']
      : [
          `${counted(notices.length, 'notice')} reached a subscriber of the admins' topic:`,
          ...tree(
            notices.map((subject) => ({ text: subject })),
            width,
          ),
        ]),
    '',
    ...table(
      [{ title: 'TIME OF THIS RUN' }, { title: seconds(total) }],
      steps.map(({ name, took }) => [name, seconds(took)]),
      width,
    ),
  ];
}

/** How to go on from here. */
export function invitationLines(environmentFile: string): string[] {
  return [
    '',
    'It stays up until Ctrl-C. From another terminal:',
    '',
    `  source ${environmentFile}`,
    '  npx cws templates auto-ami status',
    '  npx cws templates auto-ami build ubuntu-basic --force --wait',
    '  npx cws base-images show amazon-linux-2023',
    '  npx cws --help',
    '',
    'The aws command line and boto3 work there, too: aws imagebuilder list-images',
    '',
  ];
}
