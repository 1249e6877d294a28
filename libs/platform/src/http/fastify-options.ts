import type { FastifyServerOptions } from 'fastify';
import type { Config } from '../config/config.js';
import type { IdSource } from '../ids/ids.js';
import type { Logger } from '../logging/logger.port.js';
import { sendProblem } from '../problem/send-problem.js';
import { answerClientError } from './client-error.js';
import { requestIdFrom } from './request-id.js';

/** A request must arrive whole within this time; it stops callers that dribble bytes to hold connections. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Longest parameter of a path, decoded, in UTF-16 code units: a text of 255 characters fits, whatever they are. */
const MAX_PARAM_LENGTH = 510;

/**
 * How Fastify is to be set up: limits, request ids, and answers to what goes wrong before any route is found. The
 * request log is `observeRequests`; proxies are not trusted to tell a caller's address.
 */
export function fastifyOptions(
  config: Pick<Config, 'bodyLimit'>,
  { ids, logger }: { readonly ids: IdSource; readonly logger: Logger },
): FastifyServerOptions {
  return {
    bodyLimit: config.bodyLimit,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    trustProxy: false,
    requestIdHeader: false,
    genReqId: (request) => requestIdFrom(request.headers['x-request-id'], ids),
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, logger),
    clientErrorHandler: answerClientError,
  };
}
