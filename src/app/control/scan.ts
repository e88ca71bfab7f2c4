import { scanAnswer } from '../../api/present/scan.ts';
import type { AnswerOf } from '../../api/routes.ts';
import type { Services } from '../../ports.ts';

/** Starts a look at every base image at once; two at the same time do no harm. */
export async function scan({
  scans,
  scanReports,
}: Pick<Services, 'scans' | 'scanReports'>): Promise<AnswerOf<'scan'>> {
  const last = await scanReports.last();
  await scans.start();
  return { started: true, last: scanAnswer(last) };
}
