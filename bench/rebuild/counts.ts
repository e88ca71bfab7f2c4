import { z } from 'zod';

const count = z.int().nonnegative();

/** What `GET /_auto-ami/calls` of the local AWS answers. */
const counted = z.object({
  calls: z.array(
    z.object({
      service: z.string(),
      operation: z.string(),
      /** A role, a user, or `root`. */
      caller: z.string(),
      /** Null: it went well. */
      error: z.string().nullable(),
      count,
    }),
  ),
  runs: z.array(
    z.object({
      function: z.string(),
      error: z.string().nullable(),
      count,
      seconds: z.number().nonnegative(),
    }),
  ),
});
export type Counted = z.infer<typeof counted>;

/** What Image Builder's stand-in has counted, of everybody: nobody else calls it. */
const builderState = z.object({ requests: z.record(z.string(), count), errors: z.record(z.string(), count) });
export type BuilderCounts = z.infer<typeof builderState>;

export interface Counts extends Counted {
  readonly imageBuilder: BuilderCounts;
}

export interface Endpoints {
  readonly endpoint: string;
  readonly imageBuilderEndpoint: string;
}

/** Everything that was counted since the local AWS began. */
export async function readCounts({ endpoint, imageBuilderEndpoint }: Endpoints): Promise<Counts> {
  const [calls, state] = await Promise.all([
    fetch(`${endpoint}/_auto-ami/calls`).then((answer) => answer.json()),
    fetch(`${imageBuilderEndpoint}/_control/state`).then((answer) => answer.json()),
  ]);
  return { ...counted.parse(calls), imageBuilder: builderState.parse(state) };
}

/** What was counted between two moments; what did not happen in between is left out. */
export function countedSince(before: Counts, after: Counts): Counts {
  return {
    calls: differences(before.calls, after.calls, (call) =>
      [call.service, call.operation, call.caller, call.error].join(' '),
    ),
    runs: differences(before.runs, after.runs, (run) => `${run.function} ${run.error}`).map((run) => {
      const earlier = before.runs.find((each) => each.function === run.function && each.error === run.error);
      return { ...run, seconds: run.seconds - (earlier?.seconds ?? 0) };
    }),
    imageBuilder: {
      requests: sinceRecord(before.imageBuilder.requests, after.imageBuilder.requests),
      errors: sinceRecord(before.imageBuilder.errors, after.imageBuilder.errors),
    },
  };
}

function differences<T extends { readonly count: number }>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): T[] {
  const earlier = new Map(before.map((item) => [keyOf(item), item.count]));
  return after
    .map((item) => ({ ...item, count: item.count - (earlier.get(keyOf(item)) ?? 0) }))
    .filter((item) => item.count > 0);
}

function sinceRecord(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Record<string, number> {
  const entries = Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value > 0));
}

/** Calls and refusals of those whom `isOurs` takes, by `service Operation`, the most first. */
export function callsByOperation(
  { calls, imageBuilder }: Counts,
  isOurs: (caller: string) => boolean,
): ReadonlyMap<string, number> {
  const byOperation = new Map<string, number>();
  const add = (name: string, more: number) => byOperation.set(name, (byOperation.get(name) ?? 0) + more);
  for (const { service, operation, caller, count } of calls)
    if (isOurs(caller)) add(`${service} ${operation}`, count);
  for (const [operation, requests] of Object.entries(imageBuilder.requests))
    add(`imagebuilder ${operation}`, requests);
  return byOperation;
}

/** What was refused or failed, by `service Operation: error`. */
export function errorsByOperation(
  { calls, imageBuilder }: Counts,
  isOurs: (caller: string) => boolean,
): ReadonlyMap<string, number> {
  const errors = new Map<string, number>();
  for (const { service, operation, caller, error, count } of calls) {
    if (error === null || !isOurs(caller)) continue;
    const name = `${service} ${operation}: ${error}`;
    errors.set(name, (errors.get(name) ?? 0) + count);
  }
  for (const [error, times] of Object.entries(imageBuilder.errors))
    errors.set(`imagebuilder: ${error}`, times);
  return errors;
}
