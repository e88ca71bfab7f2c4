import type { Letter } from '../letter.ts';
import type { EndingBase } from '../noticeFact.ts';
import { counted, listed } from '../say.ts';

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A base image gets no updates soon, so the templates on it have to move to another one. */
export function endOfLifeLetter({ key, base, on, daysLeft, affected }: EndingBase): Letter {
  const lastDay = DATE.format(Date.parse(on));
  const left = daysLeft === 0 ? 'its last day is today' : `${counted(daysLeft, 'day')} left`;
  return {
    headline: `End of life of ${base} on ${lastDay}`,
    opening: `After ${lastDay} nothing is mended in ${base} any more: ${left}. ${counted(affected.length, 'template')} of ours ${affected.length === 1 ? 'rests' : 'rest'} on it.`,
    facts: [
      ['Base image', base],
      ['Last day with updates', lastDay],
      ['Days left', String(daysLeft)],
      ['Templates on it', listed(affected)],
    ],
    items: [],
    nextSteps: [
      'See what else is tracked, and until when: cws base-images list',
      'Name another base in these templates, and apply them: cws templates apply',
    ],
    dedupeId: key,
    threadId: `base:${base}`,
    templates: affected,
  };
}
