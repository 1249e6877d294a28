/** What JSON answers hold, read by tests that say what they expect. */
export type Body = string & { readonly [member: string]: Body };

/** A text in an answer. @throws Error when it is not there */
export function member(body: Body, name: string): string {
  const value: unknown = body[name];
  if (typeof value === 'string') return value;
  throw new Error(`The answer has no ${name}: ${JSON.stringify(body)}`);
}

/** The entries of a list in an answer. */
export function entriesOf(list: Body | undefined): readonly Body[] {
  if (Array.isArray(list)) return list as readonly Body[];
  throw new Error('The answer has no list there.');
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the answer; `{}` when there is none. */
  readonly body: Body;
  readonly text: string;
  /** The body, when the status is this one. @throws Error with the answer when it is another */
  expect(status: number): Body;
}

export type RequestHeaders = Readonly<Record<string, string>>;

/** Speaks HTTP with the product. */
export interface TestClient {
  readonly token: string | undefined;
  get(path: string, headers?: RequestHeaders): Promise<Answer>;
  post(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer>;
  put(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer>;
  patch(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer>;
  delete(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer>;
  /** A body as it is, for what is no JSON. */
  send(
    method: string,
    path: string,
    body: string | Uint8Array | undefined,
    headers?: RequestHeaders,
  ): Promise<Answer>;
}

export function createClient(url: string, token?: string): TestClient {
  const authorization: RequestHeaders =
    token === undefined ? {} : { authorization: `Bearer ${token}` };

  const send: TestClient['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...authorization, ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    return answerOf(`${method} ${path}`, response, await response.text());
  };
  const sendJson = (method: string) => (path: string, body?: unknown, headers?: RequestHeaders) =>
    body === undefined
      ? send(method, path, undefined, headers)
      : send(method, path, JSON.stringify(body), {
          'content-type': 'application/json',
          ...headers,
        });

  return {
    token,
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: sendJson('POST'),
    put: sendJson('PUT'),
    patch: sendJson('PATCH'),
    delete: sendJson('DELETE'),
  };
}

function answerOf(request: string, { status, headers }: Response, text: string): Answer {
  const json = headers.get('content-type')?.includes('json') ?? false;
  const body = (json && text !== '' ? JSON.parse(text) : {}) as Body;
  return {
    ...{ status, headers, body, text },
    expect(expected) {
      if (status === expected) return body;
      throw new Error(`${request} answered ${status} instead of ${expected}: ${text}`);
    },
  };
}
