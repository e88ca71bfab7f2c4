import { Logger } from '@aws-lambda-powertools/logger';
import { createHash } from 'node:crypto';
import { powertoolsLog } from '../aws/log.ts';
import { ENV } from '../contract.ts';
import type { Services } from '../ports.ts';
import { parseDeploymentSettings } from '../settings.ts';
import { environmentOf, type Environment } from './environment.ts';
import { lazily } from './lazily.ts';

/** What every use case may have without asking: time, chance, the log, and what the deployment knows of its account. */
export type Basics = Pick<Services, 'now' | 'chance' | 'sha256' | 'log' | 'settings'>;

/** The deployment this function is part of: what its services are made of. */
export interface Deployment {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly basics: Basics;
}

/** Reads nothing yet: what a function is not told, it may not need. */
export function deploymentOf(variables: Readonly<Record<string, string | undefined>>): Deployment {
  const environment = environmentOf(variables);
  const logger = new Logger();
  return {
    environment,
    logger,
    basics: lazily<Basics>({
      now: () => () => Date.now(),
      chance: () => randomFraction,
      sha256: () => (text) => createHash('sha256').update(text).digest('hex'),
      log: () => powertoolsLog(logger),
      settings: () => parseDeploymentSettings(environment(ENV.SETTINGS)),
    }),
  };
}

const FRACTIONS = 2 ** 32;

/** Uniform in [0, 1). */
function randomFraction(): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawn / FRACTIONS;
}
