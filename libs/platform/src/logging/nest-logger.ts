import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.port.js';

/** Lets Nest write to the product's log. What Nest tells of its own start is detail: it goes to `debug`. */
export function nestLogger(logger: Logger): LoggerService {
  const detail = (message: unknown, ...rest: unknown[]) =>
    logger.debug(sentence(message), { context: contextOf(rest) });
  return {
    log: detail,
    debug: detail,
    verbose: detail,
    warn: (message: unknown, ...rest: unknown[]) =>
      logger.warn(sentence(message), { context: contextOf(rest) }),
    error: (message: unknown, ...rest: unknown[]) => failed(logger, message, rest),
    fatal: (message: unknown, ...rest: unknown[]) => failed(logger, message, rest),
  };
}

function failed(logger: Logger, message: unknown, rest: readonly unknown[]): void {
  const error = [message, ...rest].find((part) => part instanceof Error);
  const facts = error ? { error, context: contextOf(rest) } : { context: contextOf(rest) };
  logger.error(sentence(message), facts);
}

function sentence(message: unknown): string {
  if (typeof message === 'string') return message;
  return message instanceof Error ? 'The framework reported an error.' : 'The framework spoke.';
}

/** Nest passes the name of the speaking part last; a stack may stand before it. */
function contextOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : undefined;
}
