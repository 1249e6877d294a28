import { type DestinationStream, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../config/config.js';
import type { LogFacts, Logger } from './logger.port.js';
import { safeFacts } from './safe-facts.js';

/**
 * A log of one JSON object a line: `{"level":"info","time":"…","message":"…",…facts}`.
 * @param destination where lines go; standard output when left out
 */
export function pinoLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const log = destination ? pino(options, destination) : pino(options);
  const writer = (at: Exclude<LogLevel, 'silent'>) => (message: string, facts?: LogFacts) => {
    if (!log.isLevelEnabled(at)) return;
    log[at](facts ? safeFacts(facts) : {}, message);
  };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
  };
}
