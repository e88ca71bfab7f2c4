import type { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../ports.ts';

/**
 * The log by the one logger of the function, which the runtime makes and gives its context. An `error` among the
 * fields is written with its name and its stack.
 */
export function powertoolsLog(logger: Logger): Log {
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}
