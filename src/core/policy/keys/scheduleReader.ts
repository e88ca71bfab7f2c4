import { DAY, HOUR, type Milliseconds } from '../../words.ts';
import type { Reader } from '../reading/reader.ts';
import { parsed } from '../reading/scalars.ts';
import { durationWithin } from './timeReaders.ts';

export interface SaidSchedule {
  readonly lead: Milliseconds;
  readonly anchor: 'term-start';
}

const EXPECTED = 'a schedule such as "2 weeks before semester start"';
const SHAPE =
  /^\s*(.+?)\s+(before|after|ahead of)\s+(?:the\s+|each\s+)?(?:(?:start|beginning) of (?:the |each )?)?(semester|term|quarter|trimester)s?(?:'s)?(?:\s+(starts?|begins?|beginning|ends?))?\s*$/iu;

/** `2 weeks before semester start`: each term of the calendar is such a semester. */
export const schedule: Reader<SaidSchedule> = parsed(
  { expected: EXPECTED, schema: { type: 'string', examples: ['2 weeks before semester start'] } },
  (written) => {
    const [, lead, relation, , moment] = SHAPE.exec(written) ?? [];
    if (lead === undefined) return { ok: false, suggestion: 'write DURATION before semester start' };
    if (relation?.toLowerCase() === 'after' || /^end/iu.test(moment ?? '')) {
      return { ok: false, suggestion: 'only times before the start of a term are possible' };
    }
    const reading = durationWithin(lead, { least: HOUR, most: 365 * DAY }, []);
    return reading.ok ? { ok: true, value: { lead: reading.value, anchor: 'term-start' } } : reading;
  },
);
