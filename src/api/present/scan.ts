import type { ScanAnswer } from '../answers.ts';
import { iso } from './instants.ts';

/** The last look at every base image; `null` if there was none yet. */
export function scanAnswer(
  report:
    | {
        readonly at: number;
        readonly succeeded: boolean;
        readonly problems: readonly {
          readonly base: string;
          readonly region: string;
          readonly problem: string;
        }[];
      }
    | undefined,
): ScanAnswer | null {
  return report === undefined
    ? null
    : {
        at: iso(report.at),
        succeeded: report.succeeded,
        problems: report.problems.map(({ base, region, problem }) => ({ base, region, problem })),
      };
}
