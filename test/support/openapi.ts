import type { TestApi } from './start-api.js';

/** A part of the API description, as far as tests look at it. */
export interface Operation {
  readonly method: string;
  /** `/v1/leads/{id}` */
  readonly path: string;
  readonly summary?: string;
  readonly operationId?: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly schema?: { readonly type?: string; readonly format?: string };
  }[];
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json'?: {
        readonly schema: {
          readonly properties?: Readonly<Record<string, Schema>>;
          readonly example?: Readonly<Record<string, unknown>>;
        };
      };
    };
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, Media>> }>
  >;
  readonly security?: readonly unknown[];
}
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly anyOf?: readonly Schema[];
}
interface Media {
  readonly schema?: unknown;
  readonly example?: unknown;
}

/** The API description, and its operations one by one. */
export async function describedApi(
  api: TestApi,
): Promise<{ readonly text: string; readonly operations: readonly Operation[] }> {
  const { text } = await api.stranger.get('/docs/openapi.json');
  const { paths } = JSON.parse(text) as {
    paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
  return { text, operations };
}

/** An address of the operation, with this id for every parameter. */
export function addressOf(
  { path }: Operation,
  id = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11',
): string {
  return path
    .replace('{recordType}', 'lead')
    .replace('{catalogue}', 'priority')
    .replace(/\{(?:key|pipelineId|stageId)\}/g, 'nothing')
    .replace(/\{\w+\}/g, id);
}
