import type { FastifyInstance } from 'fastify';
import { HttpProblem } from '#platform';

/** The template of the one route that takes a file. */
const TAKES_CSV = '/v1/imports/:id/content';

/** Hands bodies of type text/csv to their route as streams, unread. Everywhere else the type is refused as before. */
export function takeCsv(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', (request, body, done) => {
    if (request.routeOptions.url === TAKES_CSV) done(null, body);
    else {
      const message = 'This address does not take text/csv.';
      done(new HttpProblem(415, 'unsupported_media_type', message));
    }
  });
}
