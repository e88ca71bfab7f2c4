import { join } from 'node:path';
import { plan } from '../../src/core/decide/plan.ts';
import { inProcess } from '../inProcess.ts';
import { median, nLogNGrowth, processorSecondsOf } from '../measure.ts';
import type { Tell } from '../tell.ts';
import type { PlannedOnce } from '../plan/planOnce.ts';
import { planRecords } from '../plan/planRecords.ts';
import { sortRecords } from '../plan/sortRecords.ts';
import type { Report } from '../report.ts';

const SIZES = [1_000, 10_000, 100_000] as const;
const WARM_UP = 3;
const RUNS = 11;
/** For the longest of the queues. */
const AIM = { seconds: 0.25, bytes: 512_000_000 };

const PLAN_ONCE = join(import.meta.dirname, '..', 'plan', 'planOnce.ts');
/** A function of 512 MB leaves its heap so much: Node.js takes what it is given, and collects garbage when it must. */
const HEAP = '--max-old-space-size=384';

interface Measured {
  readonly count: number;
  readonly planning: number;
  readonly sorting: number;
}

/** Planning a queue, beside sorting the same records: the least that putting them in order takes. */
export async function measure(tell: Tell): Promise<Report> {
  const memory = await inProcess<PlannedOnce>(PLAN_ONCE, {
    words: [String(Math.max(...SIZES))],
    switches: [HEAP],
  });
  const measured: Measured[] = [];
  for (const count of SIZES) {
    tell(`planning ${count.toLocaleString('en-US')} requests, ${RUNS} times`);
    measured.push(planAndSort(count));
  }
  const [smallest, largest] = [measured[0], measured.at(-1)];
  if (smallest === undefined || largest === undefined) throw new Error('Nothing was planned.');
  return {
    problems: [],
    groups: [
      {
        title: `planning, processor time, median of ${RUNS}`,
        note: 'The floor: sorting the same records, in turn with planning them. Other programs take nothing from either.',
        figures: measured.map(({ count, planning, sorting }) => ({
          name: `${count.toLocaleString('en-US')} requests`,
          unit: 'seconds',
          value: planning,
          floor: sorting,
          ...(count === largest.count ? { aim: AIM.seconds } : {}),
        })),
      },
      {
        title: 'from 1,000 to 100,000 requests',
        note: 'The floor: what n log n grows by.',
        figures: (['planning', 'sorting'] as const).map((work) => ({
          name: `time of ${work}, grown by`,
          unit: 'count',
          value: largest[work] / smallest[work],
          floor: nLogNGrowth(smallest.count, largest.count),
        })),
      },
      {
        title: 'memory',
        figures: [
          { name: 'most of a process that has read 100,000 requests', unit: 'bytes', value: memory.read },
          { name: 'and has planned them', unit: 'bytes', value: memory.planned, aim: AIM.bytes },
        ],
      },
    ],
  };
}

/** In turn, so that what disturbs the one disturbs the other. */
function planAndSort(count: number): Measured {
  const input = planRecords(count);
  const planning: number[] = [];
  const sorting: number[] = [];
  for (let run = -WARM_UP; run < RUNS; run += 1) {
    const taken = {
      planning: processorSecondsOf(() => plan(input)),
      sorting: processorSecondsOf(() => sortRecords(input.queue)),
    };
    if (run < 0) continue;
    planning.push(taken.planning);
    sorting.push(taken.sorting);
  }
  return { count, planning: median(planning), sorting: median(sorting) };
}
