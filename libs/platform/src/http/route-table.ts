import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from '../problem/http-problem.js';

/** Which methods an address answers, by the routes registered. */
export interface RouteTable {
  /** Upper-case, sorted; empty when no route has the address. */
  methodsAt(path: string): readonly string[];
}

/** Watches routes being registered. Call it before any is. */
export function watchRoutes(fastify: FastifyInstance): RouteTable {
  const methodsByTemplate = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const methods = methodsByTemplate.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    methodsByTemplate.set(url, methods);
  });
  return {
    methodsAt(path) {
      const segments = path.split('/');
      const found = [...methodsByTemplate]
        .filter(([template]) => matches(template.split('/'), segments))
        .flatMap(([, methods]) => [...methods]);
      return [...new Set(found)].sort();
    },
  };
}

function matches(template: readonly string[], path: readonly string[]): boolean {
  return (
    template.length === path.length &&
    template.every((segment, index) =>
      segment.startsWith(':') ? path[index] !== '' : segment === path[index],
    )
  );
}

/**
 * The error for an address that no route took: 405 with `Allow` when another method would have been answered, else 404.
 */
function unroutedProblem(routes: RouteTable, url: string): HttpProblem {
  const allowed = routes.methodsAt(url.split('?', 1)[0] ?? '');
  if (allowed.length === 0) {
    return new HttpProblem(404, 'not_found', 'There is nothing at this address.');
  }
  return new HttpProblem(405, 'method_not_allowed', 'The address does not answer this method.', {
    facts: { allowed: [...allowed] },
    headers: { allow: allowed.join(', ') },
  });
}

/** A hook that refuses, before authentication, an address that has routes but none for the method. Add it as `onRequest`. */
export function refuseUnknownMethod(routes: RouteTable) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    if (request.is404) throw unroutedProblem(routes, request.url);
  };
}
