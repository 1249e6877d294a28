import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import type { Method, RouteSpec } from '../http/route-spec.js';
import { REFUSALS } from './refusals.js';
import { asSchemaObject, type SchemaObject, schemaNamed } from './schema-object.js';

/** The decorators that put a route into the API description. */
export function describeRoute(
  method: Method,
  params: TObject,
  spec: RouteSpec,
): readonly MethodDecorator[] {
  const { summary, description = '' } = spec;
  return [
    ApiOperation({ summary, description }),
    ...Object.entries(params.properties).map(([name, schema]) =>
      ApiParam({ name, schema: asSchemaObject(schema), description: schema.description ?? name }),
    ),
    ...queryOf(spec.query),
    ...headersOf(spec),
    ...bodyOf(method, spec),
    answerOf(spec),
    ...statusesOf(method, params, spec).map(refusal),
  ];
}

function queryOf(query: TObject | undefined): readonly MethodDecorator[] {
  const required = new Set(query?.required ?? []);
  return Object.entries(query?.properties ?? {}).map(([name, schema]) =>
    ApiQuery({
      name,
      required: required.has(name),
      schema: asSchemaObject(schema),
      description: schema.description ?? name,
    }),
  );
}

function headersOf({ command, conditional, localised }: RouteSpec): readonly MethodDecorator[] {
  const header = (name: string, description: string, example: string) =>
    ApiHeader({ name, required: false, description, schema: { type: 'string' }, example });
  return [
    ...(command
      ? [
          header(
            'Idempotency-Key',
            '1 to 255 visible ASCII characters. A command repeated under the same key has one effect and one answer.',
            '5f0c2a1e-capture',
          ),
        ]
      : []),
    ...(conditional
      ? [
          header(
            'If-Match',
            'The ETag that the caller has seen; 412 when it is another by now.',
            '"3"',
          ),
        ]
      : []),
    ...(localised ? [header('Accept-Language', 'en or vi', 'vi')] : []),
  ];
}

function bodyOf(method: Method, { body, example }: RouteSpec): readonly MethodDecorator[] {
  if (!body || method === 'GET') return [];
  const required = requiredOf(body).length > 0;
  const schema = asSchemaObject(body);
  return [ApiBody({ required, schema: { ...schema, ...(example !== undefined && { example }) } })];
}

function requiredOf(body: TSchema): readonly string[] {
  return Array.isArray(body.required) ? body.required : [];
}

function answerOf({ answer }: RouteSpec): MethodDecorator {
  const { status = 200, description, schema, example, mediaType = 'application/json' } = answer;
  if (schema === undefined && example === undefined) return ApiResponse({ status, description });
  const described: SchemaObject =
    typeof schema === 'string' ? schemaNamed(schema) : asSchemaObject(schema ?? Type.Unknown());
  return ApiResponse({
    status,
    description,
    content: { [mediaType]: { schema: described, ...(example !== undefined && { example }) } },
  });
}

/** What the kind of route may always be refused with, and what this one may. */
function statusesOf(method: Method, params: TObject, spec: RouteSpec): readonly number[] {
  const { refusals = [], command, conditional, body } = spec;
  const statuses = new Set<number>([400, 429, ...refusals]);
  for (const status of [401, 403]) statuses.add(status);
  if (Object.keys(params.properties).length > 0) statuses.add(404);
  if (body && method !== 'GET') for (const status of [413, 415]) statuses.add(status);
  if (command) for (const status of [409, 422, 503]) statuses.add(status);
  if (conditional) statuses.add(412);
  return [...statuses].sort((left, right) => left - right);
}

function refusal(status: number): MethodDecorator {
  const { description, example } = REFUSALS[status] ?? {
    description: 'The request was refused.',
    example: undefined,
  };
  return ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: schemaNamed('Problem'), example } },
  });
}
