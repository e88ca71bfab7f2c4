import { seasonInWords } from '../words.ts';
import type { Checked } from './checked.ts';

/** Where summer is in December. */
const SOUTHERN =
  /^(?:Australia|Antarctica)\/|^Pacific\/(?:Auckland|Fiji|Noumea|Apia)$|^America\/(?:Argentina\/|Sao_Paulo|Santiago|Montevideo|Asuncion|Lima|La_Paz|Buenos_Aires)|^Africa\/(?:Johannesburg|Harare|Maputo|Windhoek|Gaborone|Lusaka)$/u;

/** Seasonal builds that never come, or come in the wrong months. */
export function warnOfSeasons({ said, policy, context, says, warn }: Checked): void {
  const { seasonal, semesterPrep } = policy;
  if (seasonal.enabled) {
    const path = says('seasonal_precompilation.schedule')
      ? 'seasonal_precompilation.schedule'
      : 'seasonal_precompilation';
    const over =
      context.now !== undefined && seasonal.terms.every(({ startsAt }) => startsAt <= (context.now ?? 0));
    if (seasonal.terms.length === 0) {
      const instead = 'nothing is built ahead of a semester until calendar.terms says when one starts';
      warn(path, 'there is no calendar to count from', instead);
    } else if (over) {
      warn(
        path,
        'every term of the calendar has started',
        'nothing is built ahead of a semester until a coming one is added',
      );
    }
    if (seasonal.templates.length === 0) {
      warn(path, 'no templates are listed', 'nothing is built ahead of a semester');
    }
  } else if (says('seasonal_precompilation') && !says('seasonal_precompilation.enabled')) {
    warn('seasonal_precompilation', 'it does not say enabled: true', 'nothing is built ahead of a semester');
  }
  const byWord = said.semester_prep_window?.word ?? null;
  if (
    semesterPrep !== null &&
    byWord !== null &&
    said.hemisphere === undefined &&
    SOUTHERN.test(policy.zone)
  ) {
    const message = `${byWord} is taken for that of the northern hemisphere`;
    const instead = `it is ${seasonInWords(semesterPrep.season)} until the policy says hemisphere: southern`;
    warn('semester_prep_window', message, instead);
  }
  if (byWord === null && said.hemisphere !== undefined) {
    warn('hemisphere', 'no season is given by a word such as summer', 'it changes nothing');
  }
  if (semesterPrep === null && says('semester_prep_daily_budget')) {
    warn('semester_prep_daily_budget', 'there is no semester_prep_window', 'the daily_budget holds all year');
  }
}
