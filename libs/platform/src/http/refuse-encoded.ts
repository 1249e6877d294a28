import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from '../problem/http-problem.js';

/**
 * A hook that refuses bodies under a `Content-Encoding`: nothing here decodes them, and taken as they are they would be read as
 * something else than their sender says. Add it as `onRequest`.
 */
export async function refuseEncoded(request: FastifyRequest, _reply: FastifyReply): Promise<void> {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return;
  const message = 'Bodies are taken as they are, without an encoding.';
  throw new HttpProblem(415, 'unsupported_content_encoding', message, {
    errors: [{ path: 'Content-Encoding', code: 'unsupported_content_encoding', message }],
    headers: { 'accept-encoding': 'identity' },
  });
}
