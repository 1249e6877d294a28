import type { Socket } from 'node:net';
import { makeProblem, PROBLEM_MEDIA_TYPE, type Problem } from '../problem/problem.js';

/** Errors of Node's HTTP parser and timers, which come before there is a request. */
const BY_CODE: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: makeProblem(
    431,
    'headers_too_large',
    'The address and headers are larger than allowed.',
  ),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: makeProblem(413, 'too_large', 'The chunks carry too much.'),
  ERR_HTTP_REQUEST_TIMEOUT: makeProblem(
    408,
    'request_timeout',
    'The request did not arrive in time.',
  ),
};
const NOT_HTTP = makeProblem(400, 'malformed_request', 'This is not a proper HTTP request.');
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Payload Too Large',
  431: 'Request Header Fields Too Large',
};

/** Answers a connection whose bytes are no request with a problem, and closes it. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET' || hasBegunToAnswer(socket)) {
    socket.destroy();
    return;
  }
  const problem = BY_CODE[error.code ?? ''] ?? NOT_HTTP;
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${REASONS[problem.status]}`,
      `content-type: ${PROBLEM_MEDIA_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

/** Node keeps the response under way on the socket; a second status line in its middle would garble it. */
function hasBegunToAnswer(socket: Socket & { _httpMessage?: { headersSent?: boolean } }): boolean {
  return socket._httpMessage?.headersSent === true;
}
