import type { RebuildAnswer } from '../../src/api/answers.ts';
import { when, type Moment } from '../text/time.ts';

/** Whether a place of a template is rebuilt, and when. */
export function rebuildInWords(rebuild: RebuildAnswer, moment: Moment): string {
  if (rebuild === null) return 'no rebuild is asked for';
  const { status, approval, startsAt, endsAt } = rebuild;
  if (status !== 'queued')
    return endsAt === null ? 'is being rebuilt' : `is being rebuilt, done ${when(endsAt, moment)}`;
  if (approval === 'wanted') return 'rebuild waits for approval';
  if (startsAt === null) return 'rebuild queued';
  return startsAt <= moment.now ? 'rebuild is about to start' : `rebuild starts ${when(startsAt, moment)}`;
}
