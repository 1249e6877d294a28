import type { FastifyInstance } from 'fastify';
import { HttpProblem } from '#platform';

/** Lets a server stop without breaking anything off. */
export interface Drain {
  /** From now on new requests are refused with 503; answers when those under way are finished. */
  begin(): Promise<void>;
  /** Aborts when it begins, for answers that would never end by themselves. */
  readonly signal: AbortSignal;
}

/** Names the drain among Nest's providers. */
export const DRAIN = Symbol('drain');

/** Watches requests from the first one on. */
export function createDrain(fastify: FastifyInstance): Drain {
  const beginning = new AbortController();
  let draining = false;
  let underWay = 0;
  let finished: () => void = () => undefined;
  const settle = () => {
    underWay -= 1;
    if (draining && underWay === 0) finished();
  };
  fastify.addHook('onRequest', (_request, reply, done) => {
    if (draining) {
      reply.header('connection', 'close');
      done(
        new HttpProblem(503, 'stopping', 'The service is stopping. Try again in a moment.', {
          headers: { 'retry-after': '1' },
        }),
      );
      return;
    }
    underWay += 1;
    // Also when the caller goes away before the answer.
    reply.raw.once('close', settle);
    done();
  });
  return {
    signal: beginning.signal,
    begin() {
      draining = true;
      beginning.abort();
      return new Promise((resolve) => {
        finished = resolve;
        if (underWay === 0) resolve();
      });
    },
  };
}
