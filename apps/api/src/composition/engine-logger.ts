import type { Logger } from '#platform';
import type { EngineLogger } from '#read-side';

/** What an engine tells, in the log of the process. */
export function engineLogger(logger: Logger): EngineLogger {
  return {
    info: (facts, message) => logger.info(message, { ...facts }),
    warn: (facts, message) => logger.warn(message, { ...facts }),
  };
}
