import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { CommandResult } from '#write-side';
import type { Call } from './call.js';
import { isKnown } from './headers.js';

/** The version of a record as `If-Match` takes it. What is shown from elsewhere tells answers apart, and `If-Match` does not look at it. */
function etagOf(revision: number, elsewhere: readonly string[] = []): string {
  if (elsewhere.length === 0) return `"${revision}"`;
  const hash = createHash('sha256').update(elsewhere.join(' ')).digest('hex');
  return `"${revision}.${hash.slice(0, 16)}"`;
}

/** Answers a command: where it wrote, and the record's version after it. */
export function answerCommand<Result extends Pick<CommandResult, 'revision'>>(
  reply: FastifyReply,
  result: Result,
): Result {
  reply.header('etag', etagOf(result.revision));
  return result;
}

/** Answers the creation of something at `/<path>/<id>`. */
export function answerCreation<Result extends CommandResult>(
  reply: FastifyReply,
  path: string,
  result: Result,
): Result {
  reply.header('location', `/${path}/${result.id}`);
  return answerCommand(reply, result);
}

/**
 * Answers a query for one version of something, or that the caller has it already.
 * @param elsewhere what the document shows that is not of its own version, such as where its references lead after merges
 */
export function answerVersion<Document>(
  { request, reply }: Call,
  revision: number,
  document: Document,
  elsewhere: readonly string[] = [],
): Document | undefined {
  const etag = etagOf(revision, elsewhere);
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (!isKnown(request.headers, etag)) return document;
  reply.code(304);
  return undefined;
}
