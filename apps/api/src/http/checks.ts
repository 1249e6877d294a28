import type { TObject, TSchema } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { type StructureCheck, structureCheck } from './check-structure.js';
import { checkHeaders } from './headers.js';
import { readQuery } from './read-query.js';
import { closed } from './schemas.js';

/** What a route takes. */
export interface RouteInput {
  /** Parameters of the path. */
  readonly params: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
}

type Check = (request: FastifyRequest) => void;

const checks = new WeakMap<object, Check>();
const NOTHING = closed({});

/** Notes what a handler takes, compiled once. */
export function rememberInput(handler: object, input: RouteInput): void {
  const { params, query = NOTHING, body = NOTHING } = input;
  const checkParams: StructureCheck<TObject> = structureCheck(params);
  const checkQuery: StructureCheck<TObject> = structureCheck(query);
  const checkBody: StructureCheck<TSchema> = structureCheck(body);
  checks.set(handler, (request) => {
    checkHeaders(request.headers);
    checkParams(request.params, 'path');
    request.query = readQuery(query, request.query as Record<string, unknown>);
    checkQuery(request.query, 'query');
    // A body that is left out says the same as one that is empty; a GET has none.
    request.body ??= {};
    checkBody(request.body, 'body');
  });
}

/** The check of what a handler takes, if it was noted. */
export function inputCheckOf(handler: object): Check | undefined {
  return checks.get(handler);
}
