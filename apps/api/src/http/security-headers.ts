import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Headers that tell browsers what an answer may not be used for. They are the same for every answer, so the library is
 * asked once: it would put them together anew for each request.
 */
export async function addSecurityHeaders(fastify: FastifyInstance): Promise<void> {
  await fastify.register(helmet, {
    global: false,
    // What listens may well speak plain HTTP on loopback, behind a proxy or not at all.
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  let known: Readonly<Record<string, string>> | undefined;
  fastify.addHook('onRequest', async (_request, reply) => {
    if (known) {
      reply.headers(known);
      return;
    }
    const before = reply.raw.getHeaderNames();
    await reply.helmet();
    const added = reply.raw.getHeaderNames().filter((name) => !before.includes(name));
    known = Object.fromEntries(added.map((name) => [name, String(reply.raw.getHeader(name))]));
  });
}
