import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '#crm';
import type { Logger } from '../logging/logger.port.js';
import { answerTo } from './answer-to.js';
import { PROBLEM_MEDIA_TYPE } from './problem.js';

/**
 * Answers a request with the problem that an error is, and logs it when it is the product's fault.
 * An answer that has begun, such as a stream of events, can only be broken off.
 */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): void {
  const { problem, headers, log } = answerTo(error);
  const { id: requestId, method } = request;
  if (log !== 'none') {
    const message =
      log === 'warn' ? 'A request could not be served for now.' : 'A request failed unexpectedly.';
    logger[log](message, {
      requestId,
      method,
      route: request.routeOptions?.url,
      code: problem.code,
      error,
    });
  }
  if (reply.sent || reply.raw.headersSent) {
    if (!reply.raw.writableEnded) reply.raw.destroy();
    return;
  }
  // Bytes, since Fastify would add a charset to the type of a text, which problem+json does not have.
  const instance = isUuid(requestId) ? { instance: `urn:uuid:${requestId}` } : {};
  void reply
    .code(problem.status)
    .headers({ ...headers, 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store' })
    .send(Buffer.from(JSON.stringify({ ...problem, ...instance })));
}
