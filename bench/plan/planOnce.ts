import { plan } from '../../src/core/decide/plan.ts';
import { peakMemory } from '../measure.ts';
import { planRecords } from './planRecords.ts';

/* A process that plans a queue once, as a function does; it tells how much memory that took, before and after. */

export interface PlannedOnce {
  readonly outcomes: number;
  /** The most that was held when the queue had been read, and when it had been planned. */
  readonly read: number;
  readonly planned: number;
}

const input = planRecords(Number(process.argv[2]));
const read = peakMemory();
const { reasons } = plan(input);
process.send?.({ outcomes: reasons.length, read, planned: peakMemory() } satisfies PlannedOnce);
process.disconnect();
