import type { OpenAPIObject } from '@nestjs/swagger';
import type { TSchema } from '@sinclair/typebox';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
/** A schema as the document builder takes it. */
export type SchemaObject = Exclude<Schemas[string], { $ref: string }>;

/** TypeBox schemas are JSON Schema 2020-12, and so are those of OpenAPI 3.1; TypeBox's own marks are left behind. */
export function asSchemaObject(schema: TSchema): SchemaObject {
  return JSON.parse(JSON.stringify(schema)) as SchemaObject;
}

/** A schema of `components.ts` by its name. */
export function schemaNamed(name: string): SchemaObject {
  return { $ref: `#/components/schemas/${name}` } as unknown as SchemaObject;
}
