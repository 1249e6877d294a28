import { applyDecorators, Delete, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import { describeRoute } from '../openapi/describe-route.js';
import { rememberInput } from './checks.js';
import { closed, id } from './schemas.js';

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete } as const;
export type Method = keyof typeof METHODS;

/** What a route says on success. */
export interface RouteAnswer {
  /** 200 when left out. */
  readonly status?: number;
  readonly description: string;
  /** JSON Schema, or the name of one of `openapi/components.ts`. */
  readonly schema?: TSchema | string;
  readonly example?: unknown;
  /** When it is not JSON. */
  readonly mediaType?: string;
}

/** All there is to know of a route, to check what comes in and to describe it. */
export interface RouteSpec {
  readonly summary: string;
  readonly description?: string;
  /** `@Open`, `@SignedIn` or `@Requires`. */
  readonly access: MethodDecorator & ClassDecorator;
  /** Parameters of the path that are not UUIDs. */
  readonly params?: Readonly<Record<string, TSchema>>;
  readonly query?: TObject;
  readonly body?: TSchema;
  /** An example of the body. */
  readonly example?: unknown;
  readonly answer: RouteAnswer;
  /** Statuses that it may refuse with, beside those that every route has. */
  readonly refusals?: readonly number[];
  /** It changes something: takes `Idempotency-Key`. */
  readonly command?: true;
  /** It changes one record: takes `If-Match` too. */
  readonly conditional?: true;
  /** It answers in the caller's language. */
  readonly localised?: true;
}

/** Makes a method the handler of a route: routed, guarded, checked and described by one specification. */
export function Route(method: Method, path: string, spec: RouteSpec): MethodDecorator {
  const params = paramsOf(path, spec.params ?? {});
  const nest = [METHODS[method](path), HttpCode(spec.answer.status ?? 200), spec.access];
  const documented = describeRoute(method, params, spec);
  return (target, name, descriptor) => {
    const handler: unknown = descriptor.value;
    if (typeof handler !== 'function') throw new Error('A route is a method.');
    rememberInput(handler, { params, query: spec.query, body: spec.body });
    applyDecorators(...nest, ...documented)(target, name, descriptor);
  };
}

function paramsOf(path: string, own: Readonly<Record<string, TSchema>>): TObject {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const schemas = names.map((name) => [name, own[name] ?? id('Its id.')] as const);
  return closed(Object.fromEntries(schemas));
}

/** A part of a path that names a setting. */
export const NAME_PARAM = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
  description: 'Its name.',
});
