import { addressOf, describedApi, type Operation, type Schema } from '../support/openapi.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
let operations: readonly Operation[] = [];
let head = 0;
/** A record of each type, since what is not there is refused before its values are looked at. */
const standing = new Map<string, string>();
const at = (operation: Operation) =>
  addressOf(operation, standing.get(operation.path.split('/')[2] ?? ''));
beforeAll(async () => {
  api = await startApi();
  ({ operations } = await describedApi(api));
  for (const plural of ['leads', 'opportunities', 'contacts', 'accounts']) {
    const name = plural === 'leads' || plural === 'contacts' ? 'givenName' : 'name';
    const { id } = (await api.admin.post(`/v1/${plural}`, { [name]: 'An' })).expect(201);
    standing.set(plural, String(id));
  }
  head = await api.head();
});
afterAll(() => api.stop());
afterEach(async () => {
  // Whatever was refused has left nothing behind.
  expect(await api.head()).toBe(head);
});

const JSON_TYPE = { 'content-type': 'application/json' };
const withBody = () => operations.filter((operation) => jsonOf(operation) !== undefined);
const jsonOf = ({ requestBody }: Operation) => requestBody?.content['application/json'];
const propertiesOf = (operation: Operation): Readonly<Record<string, Schema>> =>
  jsonOf(operation)?.schema.properties ?? {};

/** Sends one bad input after the other, and lists every one that was not refused as it should be. */
async function unrefused(
  sent: readonly {
    readonly what: string;
    readonly operation: Operation;
    readonly body: string | Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
    readonly statuses?: readonly number[];
    readonly path?: string;
  }[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { what, operation, body, headers = JSON_TYPE, statuses = [400], path } of sent) {
    const { method } = operation;
    const answer = await api.admin.send(method, at(operation), body, headers);
    const errors: unknown = answer.body.errors;
    const named = path === undefined || JSON.stringify(errors).includes(`"path":"${path}`);
    const problem = answer.headers.get('content-type') === 'application/problem+json';
    if (statuses.includes(answer.status) && named && problem) continue;
    wrong.push(`${method} ${operation.path}, ${what}: ${answer.status} ${answer.text}`);
  }
  return wrong;
}

it('looks at every route there is', () => {
  expect(operations.length).toBeGreaterThan(80);
  expect(withBody().length).toBeGreaterThan(60);
});

it.each([
  ['JSON that breaks off', '{"a":'],
  ['a text that is no JSON', 'hello'],
  ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['a number', '1'],
  ['null members nested too deeply', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`],
  ['__proto__', '{"__proto__":{"admin":true}}'],
  ['constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}'],
  ['constructor', '{"constructor":1}'],
  ['a NUL', '{"a":"\\u0000"}'],
])('refuses %s on every route that takes a body', async (what, body) => {
  const sent = withBody().map((operation) => ({ what, operation, body }));
  expect(await unrefused(sent)).toEqual([]);
});

it('refuses members that are not there by their names', async () => {
  const sent = withBody().map((operation) => ({
    ...{ what: 'an unknown member', operation, path: 'quite.unknown' },
    body: JSON.stringify({ 'quite.unknown': 1 }),
  }));
  expect(await unrefused(sent)).toEqual([]);
});

it('refuses every member of another type than is taken, by its name', async () => {
  const sent = withBody().flatMap((operation) =>
    Object.entries(propertiesOf(operation)).flatMap(([name, schema]) =>
      wrongValues(schema).map((value) => ({
        ...{ what: `${name} as ${JSON.stringify(value)}`, operation, path: name },
        body: JSON.stringify({ ...exampleOf(operation), [name]: value }),
      })),
    ),
  );
  expect(sent.length).toBeGreaterThan(400);
  expect(await unrefused(sent)).toEqual([]);
});

function exampleOf(operation: Operation): Readonly<Record<string, unknown>> {
  return jsonOf(operation)?.schema.example ?? {};
}

/** Values that no member of such a schema takes; a member of any type takes all. */
function wrongValues(schema: Schema): readonly unknown[] {
  const types = [schema, ...(schema.anyOf ?? [])].flatMap(({ type }) => type ?? []);
  if (types.length === 0 && !schema.anyOf) return [];
  const candidates: readonly (readonly [string, unknown])[] = [
    ['string', 'a\u0007b'],
    ['number', 12.5],
    ['boolean', true],
    ['array', [[{}]]],
    ['object', { quite: { unknown: 1 } }],
  ];
  const others = candidates.filter(
    ([type]) => type === 'string' || (!types.includes(type) && type !== 'array'),
  );
  return others.map(([, value]) => value);
}

it('refuses bodies that are no JSON by their media type', async () => {
  const sent = withBody().flatMap((operation) =>
    [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
    ].map((type) => ({
      ...{ what: type, operation, body: 'a=b', statuses: [415] },
      headers: { 'content-type': type },
    })),
  );
  expect(await unrefused(sent)).toEqual([]);
});

it('refuses bodies beyond the limit', async () => {
  const files = /\/(?:notes|attachments|stage|loss|win|reopening)$/;
  const small = withBody().filter(
    ({ path, method }) => !(method === 'POST' && files.test(path)) && !path.includes('imports'),
  );
  const body = JSON.stringify({ description: 'x'.repeat(1_100_000) });
  const sent = small.map((operation) => ({
    ...{ what: '1.1 MB', operation, body, statuses: [413] },
  }));
  expect(await unrefused(sent)).toEqual([]);
});

it('refuses ids that are no UUIDs, whatever is in them', async () => {
  const wrong: string[] = [];
  const ids = [
    '1',
    'null',
    '%00',
    "'%20OR%201=1--",
    '..%2f..%2fetc%2fpasswd',
    'A'.repeat(90),
    '%F0%9F%92%A9',
  ];
  const named = operations.filter(({ path }) => /\{(?:id|noteId|attachmentId|userId)\}/.test(path));
  for (const operation of named) {
    for (const id of ids) {
      const example = exampleOf(operation);
      const body = jsonOf(operation) ? JSON.stringify(example) : undefined;
      const headers = body === undefined ? {} : JSON_TYPE;
      const address = addressOf(operation, id);
      const answer = await api.admin.send(operation.method, address, body, headers);
      const refused = answer.status === 400 && answer.text.includes('invalid_id');
      if (!refused) wrong.push(`${operation.method} ${address}: ${answer.status} ${answer.text}`);
    }
  }
  expect(named.length).toBeGreaterThan(60);
  expect(wrong).toEqual([]);
});

it('refuses query parameters that are not there, on every route', async () => {
  const wrong: string[] = [];
  for (const operation of operations.filter(({ path }) => path.startsWith('/v1'))) {
    const body = jsonOf(operation) ? JSON.stringify(exampleOf(operation)) : undefined;
    const headers = body === undefined ? {} : JSON_TYPE;
    const address = `${addressOf(operation)}?quiteUnknown=1`;
    const answer = await api.admin.send(operation.method, address, body, headers);
    if (answer.status !== 400) wrong.push(`${operation.method} ${address}: ${answer.text}`);
  }
  expect(wrong).toEqual([]);
});

const LISTS = ['leads', 'opportunities', 'contacts', 'accounts', 'activities'];

describe.each(LISTS)('a list of %s', (plural) => {
  it.each([
    ['no JSON', '{', 'filter'],
    ['a list', '[]', 'filter'],
    ['a text', '"x"', 'filter'],
    ['$where', '{"$where":"sleep(1000)"}', 'filter.$where'],
    ['$expr', '{"$expr":{}}', 'filter.$expr'],
    ['$where inside', '{"$and":[{"$where":"1"}]}', 'filter.$and.0.$where'],
    ['__proto__', '{"__proto__":{"a":1}}', 'filter'],
    ['a path through __proto__', '{"custom.__proto__.a":1}', 'filter'],
    ['constructor', '{"constructor":1}', 'filter'],
    ['a field that is not there', '{"quiteUnknown":1}', 'filter.quiteUnknown'],
    ['what is not shown', '{"keys":"email:a@b.vn"}', 'filter.keys'],
    ['an operator that is not there', '{"id":{"$near":1}}', 'filter.id.$near'],
    ['an object to compare with', '{"id":{"a":1}}', 'filter'],
    ['a pattern that is no literal', '{"id":{"$regex":"(a+)+$"}}', 'filter.id.$regex'],
    ['nesting too deep', `${'{"$and":['.repeat(40)}{}${']}'.repeat(40)}`, 'filter'],
  ])('refuses a filter with %s', async (_what, filter, path) => {
    const answer = await api.admin.get(`/v1/${plural}?filter=${encodeURIComponent(filter)}`);
    const { errors } = answer.expect(400);
    expect(JSON.stringify(errors)).toContain(`"path":"${path}`);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['limit=1e1', 'limit'],
    ['cursor=abc', 'cursor'],
    ['cursor=%00', 'cursor'],
    ['sort=quiteUnknown', 'sort'],
    ['sort=id;drop', 'sort'],
    ['after=-5', 'after'],
    ['after=1.5', 'after'],
  ])('refuses %s', async (query, path) => {
    const { errors } = (await api.admin.get(`/v1/${plural}?${query}`)).expect(400);
    expect(JSON.stringify(errors)).toContain(`"path":"${path}"`);
  });
});

describe('paths and headers', () => {
  it.each([
    ['/nowhere', 404],
    ['/v1', 404],
    ['/v1/leads/', 404],
    ['/v1/%zz', 400],
    ['/v1/leads/%', 400],
    ['//v1/leads', 404],
    [`/v1/leads/${'a'.repeat(5_000)}`, 414],
    ['/v1/../etc/passwd', 404],
  ])('answers %s as it should', async (path, status) => {
    const answer = await api.admin.get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it('names the methods that an address answers', async () => {
    const answer = await api.admin.put('/v1/leads', {});
    answer.expect(405);
    expect(answer.headers.get('allow')).toContain('POST');
  });

  it.each([
    ['Idempotency-Key', 'two words'],
    ['Idempotency-Key', 'x'.repeat(256)],
    ['Idempotency-Key', ''],
    ['If-Match', '3'],
    ['If-Match', 'W/"3"'],
    ['If-Match', '"-1"'],
    ['If-Match', '"3", "4"'],
    ['Accept-Language', 'vi;q=many'],
    ['Accept-Language', '<script>'],
  ])('refuses %s: %s', async (name, value) => {
    const refused = await api.admin.post('/v1/leads', { givenName: 'An' }, { [name]: value });
    expect(refused.expect(400).errors).toMatchObject([{ path: name, code: 'invalid_header' }]);
  });

  it('refuses headers that are too large', async () => {
    const answer = await api.admin.get('/v1/me', { 'x-large': 'x'.repeat(20_000) });
    expect(answer.status).toBe(431);
  });
});
