import type { FastifyRequest } from 'fastify';
import type { Principal } from '../principal.js';

const callers = new WeakMap<FastifyRequest, Principal>();

/** Notes who sent a request. */
export function rememberCaller(request: FastifyRequest, principal: Principal): void {
  callers.set(request, principal);
}

/**
 * Who sent a request.
 * @throws Error the route is open to everyone, so nobody was asked
 */
export function callerOf(request: FastifyRequest): Principal {
  const principal = callers.get(request);
  if (!principal) throw new Error('This route does not ask who is calling.');
  return principal;
}
