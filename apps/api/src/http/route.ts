import { applyDecorators, Delete, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import { describeRoute } from '../openapi/describe-route.js';
import { rememberInput } from './checks.js';
import type { Method, RouteSpec } from './route-spec.js';
import { closed, id } from './schemas.js';

const METHODS: Readonly<Record<Method, (path: string) => MethodDecorator>> = {
  GET: Get,
  POST: Post,
  PUT: Put,
  PATCH: Patch,
  DELETE: Delete,
};
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
