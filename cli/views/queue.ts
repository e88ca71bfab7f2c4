import type { QueueAnswer } from '../../src/api/answers.ts';
import { counted, when } from '../text/time.ts';
import { tree } from '../text/tree.ts';
import { placeOf, signOf, stateInWords } from './regionBuildState.ts';

/** What is open, in the order in which it will be served. */
export function queueView(queue: QueueAnswer, width: number): string[] {
  const { total, regions, regionBuilds } = queue;
  const more = total - regionBuilds.length;
  return [
    `AUTO-AMI QUEUE (${counted(total, 'region build')} open)`,
    '',
    ...regions.map(
      ({ region, running, slots }) => `${region}: ${running} of ${counted(slots, 'slot')} taken`,
    ),
    ...(regions.length === 0 ? [] : ['']),
    ...(total === 0 ? ['Nothing waits and nothing runs.'] : []),
    ...tree(
      regionBuilds.map((build) => ({
        text: `${signOf(build)} ${build.template} in ${placeOf(build)}: ${stateInWords(build, queue)}`,
        below: [
          {
            text: [build.id, levelOf(build), `${build.pot} pot`, due(build, queue)]
              .filter(Boolean)
              .join(', '),
          },
        ],
      })),
      width,
    ),
    ...(more > 0 ? ['', `${more} more: --limit shows them.`] : []),
  ];
}

/** What was asked for by hand or grew old has none. */
function levelOf({ level }: QueueAnswer['regionBuilds'][number]): string {
  return level === 'none' ? '' : `level ${level}`;
}

function due({ deadline, deadlineBinds }: QueueAnswer['regionBuilds'][number], queue: QueueAnswer): string {
  return deadline === null || !deadlineBinds ? '' : `due ${when(deadline, queue)}`;
}
