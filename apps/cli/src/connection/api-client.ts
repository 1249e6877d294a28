import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { CliError } from '../cli-error.js';

/** An error as the API tells it. */
export interface ApiProblem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly [fact: string]: unknown;
}

/** The API refused. */
export class ApiRefusal extends CliError {
  constructor(readonly problem: ApiProblem) {
    const { detail, errors } = problem;
    const named = errors.slice(0, 5).map(({ path, message }) => `${path}: ${message}`);
    super([detail, ...named].join(' '));
    this.name = 'ApiRefusal';
  }
}

export interface Ask {
  readonly body?: object;
  /** A file that is sent as it is read. */
  readonly csv?: string;
  /** `Idempotency-Key`. */
  readonly key?: string;
}

/** The product's HTTP API, as one user. */
export interface ApiClient {
  readonly url: string;
  /** @throws ApiRefusal; CliError when there is no answer */
  ask<Answer>(method: string, path: string, ask?: Ask): Promise<Answer>;
  /** The same server for another user. */
  as(token: string): ApiClient;
}

/** What passes by itself is asked again this often. */
const ATTEMPTS = 30;
const PASSING: ReadonlySet<number> = new Set([429, 503]);

export function apiClient(url: string, token: string): ApiClient {
  return {
    url,
    as: (other) => apiClient(url, other),
    async ask<Answer>(method: string, path: string, ask: Ask = {}): Promise<Answer> {
      for (let attempt = 1; ; attempt++) {
        const response = await send(url, token, method, path, ask);
        const text = await response.text();
        if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Answer;
        if (!PASSING.has(response.status) || attempt >= ATTEMPTS) {
          throw new ApiRefusal(problemIn(text, response.status));
        }
        const seconds = Number(response.headers.get('retry-after') ?? 1);
        await pause(Math.min(5, Math.max(0.1, seconds)) * 1_000);
      }
    },
  };
}

async function send(
  url: string,
  token: string,
  method: string,
  path: string,
  { body, csv, key }: Ask,
): Promise<Response> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    ...(body && { 'content-type': 'application/json' }),
    ...(csv !== undefined && { 'content-type': 'text/csv' }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  const payload = csv === undefined ? body && JSON.stringify(body) : streamOf(csv);
  try {
    return await fetch(`${url}${path}`, {
      method,
      headers,
      ...(payload !== undefined && { body: payload }),
      ...(csv !== undefined && { duplex: 'half' as const }),
    });
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const told = why instanceof Error ? why.message.split('\n')[0] : 'no answer';
    throw new CliError(`${url} does not answer: ${told}`);
  }
}

function streamOf(path: string): ReadableStream {
  return Readable.toWeb(createReadStream(path)) as ReadableStream;
}

function problemIn(text: string, status: number): ApiProblem {
  const unclear = { status, code: 'unknown', detail: `The server answered ${status}.`, errors: [] };
  try {
    const problem: unknown = JSON.parse(text);
    return typeof problem === 'object' ? { ...unclear, ...problem } : unclear;
  } catch {
    return unclear;
  }
}
