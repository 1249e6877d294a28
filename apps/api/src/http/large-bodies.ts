import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '#access';

/** Bytes: 25 MiB of files as base64, and some text. */
const LARGE_BODY_LIMIT = 36 * 1_048_576;

/** Templates whose bodies may hold files: notes, attachments, and changes of stage or outcome. */
const TAKES_FILES = /^\/v1\/[a-z]+\/:id\/(?:notes|attachments|stage|loss|win|reopening)$/;

/**
 * Lets the routes that take files take large bodies, but only from callers who have shown who they are: nobody else makes
 * the process hold that much. Call it before routes are registered.
 */
export function allowLargeBodies(fastify: FastifyInstance, authenticator: Authenticator): void {
  fastify.addHook('onRoute', (route) => {
    const methods = [route.method].flat();
    if (!methods.includes('POST') || !TAKES_FILES.test(route.url)) return;
    route.bodyLimit = LARGE_BODY_LIMIT;
    route.onRequest = async (request) => {
      await authenticator.authenticate(request.headers.authorization);
    };
  });
}
