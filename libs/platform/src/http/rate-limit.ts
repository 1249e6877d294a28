import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../problem/http-problem.js';

/** Most callers counted at once; the longest unseen are forgotten. */
const CALLERS = 10_000;

/**
 * Options for `@fastify/rate-limit`: `perSecond` requests in each second and caller.
 * @param callerOf names the caller, when the token is known already; else the address counts. An unproven token must not
 * name one: each guess would get an allowance of its own.
 */
export function rateLimitOptions(
  perSecond: number,
  callerOf: (request: FastifyRequest) => string | undefined,
): RateLimitPluginOptions {
  return {
    max: perSecond,
    timeWindow: 1_000,
    cache: CALLERS,
    // An orchestrator that is refused would end a process that is well.
    allowList: ({ url }) => url.startsWith('/health/'),
    keyGenerator: (request) => callerOf(request) ?? `address:${request.ip}`,
    errorResponseBuilder: (_request, { ttl }) =>
      new HttpProblem(429, 'too_many_requests', 'Slow down, then try again.', {
        headers: { 'retry-after': String(Math.max(1, Math.ceil(ttl / 1_000))) },
      }),
  };
}
