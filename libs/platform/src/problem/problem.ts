import type { FieldError, Json, JsonObject } from '#crm';

/** An error as the API tells it (RFC 9457), with the product's stable `code` and the facts needed to act as further members. */
export interface Problem {
  /** `urn:leadledger:problem:<code>`. */
  readonly type: string;
  /** The same for every problem of this status. */
  readonly title: string;
  readonly status: number;
  /** For a person; programs go by `code`. */
  readonly detail: string;
  readonly code: string;
  /** Names this occurrence: `urn:uuid:<request id>`, as the log has it. */
  readonly instance?: string;
  readonly errors: readonly FieldError[];
  readonly [fact: string]: Json | readonly FieldError[] | undefined;
}

export interface ProblemDetails {
  readonly errors?: readonly FieldError[];
  readonly facts?: JsonObject;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'The request took too long',
  409: 'In conflict with the present state',
  412: 'The record has changed',
  413: 'Too large',
  414: 'The address is too long',
  415: 'Unsupported media type',
  422: 'A rule forbids it',
  429: 'Too many requests',
  431: 'The headers are too large',
  503: 'Unavailable at the moment',
};

/** A problem; facts never replace its standard members. */
export function makeProblem(
  status: number,
  code: string,
  detail: string,
  { errors = [], facts = {} }: ProblemDetails = {},
): Problem {
  const title = TITLES[status] ?? (status < 500 ? 'The request was refused' : 'Internal error');
  return { ...facts, type: `urn:leadledger:problem:${code}`, title, status, detail, code, errors };
}

/** The media type of problems. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
