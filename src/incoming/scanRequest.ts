import * as z from 'zod';
import { SCAN_ALL } from '../contract.ts';
import { parserOf } from './parse.ts';

/** Which base images to look at: all of them, or those read from these parameters of the account. */
export interface ScanRequest {
  readonly only?: readonly string[];
}

const ALL: ScanRequest = {};

/** AWS events, Parameter Store (aws-facts §2): no value and no version, which are read afterwards. */
const parameterChange = z
  .object({
    'detail-type': z.literal('Parameter Store Change'),
    detail: z.object({ name: z.string().min(1) }),
  })
  .transform(({ detail }): ScanRequest => ({ only: [detail.name] }));

/** An announcement of a vendor. Its text is not documented for all of them: it is a hint to look, nothing more. */
const announcement = z
  .object({ Records: z.array(z.object({ EventSource: z.literal('aws:sns') })).min(1) })
  .transform((): ScanRequest => ALL);

/** The clock, and whoever asks for a scan by hand. */
const clock = z.object({ tick: z.number() }).transform((): ScanRequest => ALL);
const poke = z.object({ scan: z.literal(SCAN_ALL.scan) }).transform((): ScanRequest => ALL);

export const parseScanRequest = parserOf(
  'a reason to look at base images',
  z.union([parameterChange, announcement, clock, poke]),
);
