import * as z from 'zod';
import { parserOf } from './parse.ts';

/** What `compile-template` hands to its functions. */
const step = z.object({ id: z.string().min(1), execution: z.string().min(1) });
export type BuildStep = z.output<typeof step>;

/** The error a state ended with, as Step Functions hands it on. */
const failedStep = step.extend({ error: z.object({ Error: z.string(), Cause: z.string().default('') }) });
export type FailedStep = z.output<typeof failedStep>;

export const parseBuildStep = parserOf('the input of a step', step);
export const parseFailedStep = parserOf('the input of a failed step', failedStep);
