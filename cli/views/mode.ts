import type { ModeAnswer } from '../../src/api/answers.ts';
import { lookUp } from '../text/lookUp.ts';
import { cancelledView } from './cancelled.ts';

/** What each mode lets the system do (design §4, Mode). */
export const MODE_MEANINGS = {
  stopped: 'nothing is touched',
  observe: 'it decides and explains, and changes nothing in the account',
  propose: 'every build waits for approval',
  act: 'it builds, promotes and removes',
} as const;

/** The mode that holds now, what it means, and what it ended. */
export function modeView({ template, mode, previous, cancelled }: ModeAnswer, width: number): string[] {
  const whom = template ?? 'All templates';
  return [
    `${whom}: mode ${mode}${mode === previous ? ' already' : `, was ${previous}`}: ${lookUp(MODE_MEANINGS, mode, '')}`,
    ...(cancelled.length === 0 ? [] : cancelledView({ regionBuilds: cancelled }, width)),
  ];
}
