import type { FastifyInstance } from 'fastify';
import type { Logger } from '../logging/logger.port.js';
import type { Metrics } from '../metrics/metrics.js';

/**
 * Measures every request, tells the caller its request id, and logs it at `debug`: method, route template, status and
 * time; never the address itself, whose query may hold names and numbers of people.
 */
export function observeRequests(
  fastify: FastifyInstance,
  { metrics, logger }: { readonly metrics: Metrics; readonly logger: Logger },
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method } = request;
    const route = request.is404 ? undefined : request.routeOptions.url;
    const ms = reply.elapsedTime;
    metrics.requestFinished({ method, route, status: reply.statusCode, seconds: ms / 1_000 });
    logger.debug('Answered.', { requestId, method, route, status: reply.statusCode, ms });
    done();
  });
}
