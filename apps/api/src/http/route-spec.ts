import type { TObject, TSchema } from '@sinclair/typebox';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

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
