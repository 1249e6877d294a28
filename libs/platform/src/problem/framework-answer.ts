import { isError } from '../logging/is-error.js';
import type { Answer } from './answer.js';
import { makeProblem } from './problem.js';

type Told = readonly [status: number, code: string, detail: string, path?: string];

const MALFORMED_JSON: Told = [400, 'malformed_json', 'The body is not JSON.', 'body'];
const NAMES_PROTOTYPE: Told = [
  400,
  'malformed_json',
  'The body names the prototype of an object.',
  'body',
];
const MALFORMED_URL: Told = [400, 'malformed_url', 'The address is not properly encoded.'];

/** By the code of Fastify's error. */
const BY_CODE: Readonly<Record<string, Told>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'malformed_json', 'The body is empty.', 'body'],
  FST_ERR_CTP_INVALID_JSON_BODY: MALFORMED_JSON,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    400,
    'malformed_request',
    'The body is not as long as Content-Length says.',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'too_large', 'The body is larger than allowed.', 'body'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'unsupported_media_type',
    'The Content-Type is not one that this address takes.',
  ],
  FST_ERR_BAD_URL: MALFORMED_URL,
  FST_ERR_INVALID_URL: MALFORMED_URL,
  FST_ERR_MAX_PARAM_LENGTH: [414, 'url_too_long', 'A part of the address is too long.'],
  FST_ERR_ASYNC_CONSTRAINT: [400, 'malformed_request', 'The request cannot be read.'],
};

/** By status, for errors that say no more than that. */
const BY_STATUS: Readonly<Record<number, Told>> = {
  400: [400, 'malformed_request', 'The request cannot be read.'],
  401: [401, 'unauthenticated', 'A bearer token is needed.'],
  403: [403, 'forbidden', 'You may not do this.'],
  404: [404, 'not_found', 'There is nothing at this address.'],
  405: [405, 'method_not_allowed', 'The address does not answer this method.'],
  406: [406, 'not_acceptable', 'No answer is of the media type that was asked for.'],
  408: [408, 'request_timeout', 'The request did not arrive in time.'],
  413: [413, 'too_large', 'The body is larger than allowed.', 'body'],
  414: [414, 'url_too_long', 'The address is too long.'],
  415: BY_CODE.FST_ERR_CTP_INVALID_MEDIA_TYPE as Told,
  429: [429, 'too_many_requests', 'Slow down, then try again.'],
  431: [431, 'headers_too_large', 'The headers are larger than allowed.'],
  503: [503, 'unavailable', 'The service cannot answer at the moment. Try again later.'],
};

/**
 * The answer to an error of Fastify, Nest or one of their plug-ins, when it is one. Their messages are not passed on:
 * they quote the address, the body or the inside.
 */
export function frameworkAnswer(error: unknown): Answer | undefined {
  if (!isError(error)) return undefined;
  // Nest wraps what Fastify threw into an exception of its own.
  const wrapped = 'getStatus' in error && isError(error.cause);
  const inner = wrapped ? frameworkAnswer(error.cause) : undefined;
  if (inner) return inner;
  const told = byCode(error) ?? byStatus(error);
  if (!told) return undefined;
  const [status, code, detail, path] = told;
  const errors = path === undefined ? [] : [{ path, code, message: detail }];
  const headers: Record<string, string> =
    status === 503 || status === 429 ? { 'retry-after': '1' } : {};
  return {
    problem: makeProblem(status, code, detail, { errors }),
    headers,
    log: status < 500 ? 'none' : 'warn',
  };
}

function byCode(error: Error): Told | undefined {
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && Object.hasOwn(BY_CODE, code)) return BY_CODE[code];
  if (error instanceof URIError) return MALFORMED_URL;
  // Fastify's JSON parser throws the engine's error, and gives it a status.
  if (!(error instanceof SyntaxError) || statusOf(error) !== 400) return undefined;
  return error.message.includes('forbidden prototype') ? NAMES_PROTOTYPE : MALFORMED_JSON;
}

function byStatus(error: Error): Told | undefined {
  const status = statusOf(error);
  if (status === undefined) return undefined;
  const known = BY_STATUS[status];
  if (known) return known;
  return status >= 400 && status < 500
    ? [status, 'refused', 'The request was refused.']
    : undefined;
}

function statusOf(error: Error): number | undefined {
  const told = error as { getStatus?: unknown; statusCode?: unknown };
  const status = typeof told.getStatus === 'function' ? told.getStatus() : told.statusCode;
  return Number.isInteger(status) ? (status as number) : undefined;
}
