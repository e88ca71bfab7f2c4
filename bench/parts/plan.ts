import { plan } from '../../src/core/decide/plan.ts';
import { median, nLogNGrowth, peakMemory, secondsOf } from '../measure.ts';
import type { Tell } from '../parts.ts';
import { planRecords } from '../planRecords.ts';
import type { Report } from '../report.ts';
import { sortRecords } from '../sortRecords.ts';

const SIZES = [1_000, 10_000, 100_000] as const;
const WARM_UP = 3;
const RUNS = 11;
/** For the longest of the queues. */
const AIM = { seconds: 0.25, bytes: 512_000_000 };

interface Measured {
  readonly count: number;
  readonly planning: number;
  readonly sorting: number;
}

/** Planning a queue, beside sorting the same records: the least that putting them in order takes. */
export async function measure(tell: Tell): Promise<Report> {
  // Planned once, as a function does, before anything else has left its garbage here.
  const memory = memoryOf(Math.max(...SIZES));
  const measured: Measured[] = [];
  for (const count of SIZES) {
    tell(`planning ${count.toLocaleString('en-US')} requests, ${RUNS} times`);
    measured.push(await planAndSort(count));
  }
  const [smallest, largest] = [measured[0], measured.at(-1)];
  if (smallest === undefined || largest === undefined) throw new Error('Nothing was planned.');
  return {
    problems: [],
    groups: [
      {
        title: `planning, median of ${RUNS}`,
        note: 'The floor: sorting the same records, in turn with planning them.',
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
          { name: 'a process that has read 100,000 requests', unit: 'bytes', value: memory.read },
          { name: 'and has planned them', unit: 'bytes', value: memory.planned, aim: AIM.bytes },
        ],
      },
    ],
  };
}

function memoryOf(count: number): { readonly read: number; readonly planned: number } {
  const input = planRecords(count);
  const read = peakMemory();
  const { reasons } = plan(input);
  if (reasons.length !== count) throw new Error(`${reasons.length} outcomes for ${count} requests`);
  return { read, planned: peakMemory() };
}

/** In turn, so that what disturbs the one disturbs the other. */
async function planAndSort(count: number): Promise<Measured> {
  const input = planRecords(count);
  const planning: number[] = [];
  const sorting: number[] = [];
  for (let run = -WARM_UP; run < RUNS; run += 1) {
    const taken = {
      planning: await secondsOf(() => plan(input)),
      sorting: await secondsOf(() => sortRecords(input.queue)),
    };
    if (run < 0) continue;
    planning.push(taken.planning);
    sorting.push(taken.sorting);
  }
  return { count, planning: median(planning), sorting: median(sorting) };
}
