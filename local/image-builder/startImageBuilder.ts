import type { AddressInfo } from 'node:net';
import { authorization } from './wire/authorization.ts';
import { memoryFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { httpServer } from './wire/httpServer.ts';
import { type Wait, waitByTheClock } from './build/imageBuild.ts';
import { imageBuilds } from './build/imageBuilds.ts';
import { miniStackSides } from './ministack/miniStackSides.ts';
import { OPERATIONS } from './operations/table.ts';
import { derivedPackages } from './build/packages.ts';
import type { PackagesOf } from './build/packages.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { Quotas, Settings, Timing } from './settings.ts';
import type { Sides } from './sides.ts';
import { memoryStore } from './resources/store.ts';

export interface ImageBuilderOptions {
  /** MiniStack's endpoint, e.g. `http://127.0.0.1:4566`; `sides` replaces what is reached through it. */
  readonly endpoint?: string;
  readonly sides?: Sides;
  /** Port on 127.0.0.1; 0 (the default) takes a free one. */
  readonly port?: number;
  readonly timing?: Partial<Timing>;
  /** How the time of a build passes; by the clock unless something else steps through it. */
  readonly wait?: Wait;
  readonly quotas?: Partial<Quotas>;
  readonly iamCacheMs?: number;
  readonly packagesOf?: PackagesOf;
  /** Told of what goes wrong behind the scenes; also kept for `GET /_control/state`. Default: standard error. */
  readonly report?: (problem: string) => void;
}

export interface ImageBuilder {
  /** What AWS_ENDPOINT_URL_IMAGEBUILDER is to be. */
  readonly url: string;
  readonly faults: Faults;
  /** Requests so far, by operation. */
  readonly requests: Readonly<Record<string, number>>;
  /** Ends all builds and connections. Safe to call twice. */
  stop(): Promise<void>;
}

/** Problems kept for the control API. */
const MOST_PROBLEMS = 100;

/**
 * Starts the stand-in for EC2 Image Builder: in memory, on 127.0.0.1.
 * @throws Error if neither `endpoint` nor `sides` is given, or the port is taken
 */
export async function startImageBuilder(options: ImageBuilderOptions): Promise<ImageBuilder> {
  const { endpoint } = options;
  const sides = options.sides ?? (endpoint === undefined ? undefined : miniStackSides(endpoint));
  if (sides === undefined)
    throw new Error('The Image Builder stand-in needs the endpoint of the local AWS, or sides of its own.');
  const settings: Settings = {
    timing: { ...DEFAULT_SETTINGS.timing, ...options.timing },
    quotas: { ...DEFAULT_SETTINGS.quotas, ...options.quotas },
    iamCacheMs: options.iamCacheMs ?? DEFAULT_SETTINGS.iamCacheMs,
  };
  const now = (): number => Date.now();
  const problems: string[] = [];
  const report = (problem: string): void => {
    problems.push(problem);
    problems.splice(0, problems.length - MOST_PROBLEMS);
    if (options.report === undefined) console.error(`Image Builder stand-in: ${problem}`);
    else options.report(problem);
  };
  const faults = memoryFaults();
  const { requestsPerSecond, requestBurst } = settings.quotas;
  const store = memoryStore({ perSecond: requestsPerSecond, burst: requestBurst, now });
  const builds = imageBuilds({
    ...{ sides, timing: settings.timing, now, report },
    wait: options.wait ?? waitByTheClock,
  });
  const requests: Record<string, number> = {};
  const errors: Record<string, number> = {};
  const server = httpServer(
    {
      ...{ operations: OPERATIONS, store, faults, sides, settings, builds, now, report },
      packagesOf: options.packagesOf ?? derivedPackages,
      authorization: authorization(sides.iam, settings.iamCacheMs, now),
    },
    { store, faults, counts: () => ({ requests, errors }), problems: () => problems },
    {
      count(outcome) {
        const operation = outcome.operation ?? 'unknown';
        requests[operation] = (requests[operation] ?? 0) + 1;
        if (outcome.kind === 'error') errors[outcome.error.code] = (errors[outcome.error.code] ?? 0) + 1;
      },
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    requests,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, builds.stop()]);
    },
  };
}
