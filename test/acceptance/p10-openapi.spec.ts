import { PLURALS } from '#crm';
import { describedApi, type Operation } from '../support/openapi.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
let text = '';
let operations: readonly Operation[] = [];

beforeAll(async () => {
  api = await startApi();
  ({ text, operations } = await describedApi(api));
});
afterAll(() => api.stop());

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

it('is OpenAPI 3.1 with a bearer token', () => {
  const document = JSON.parse(text);
  expect(document.openapi).toBe('3.1.0');
  expect(document.components.securitySchemes.token).toMatchObject({ scheme: 'bearer' });
  expect(document.security).toEqual([{ token: [] }]);
});

it('describes every route that is registered, and no other', () => {
  const described = operations.map(nameOf).sort();
  const routes = api.routes
    .filter((route) => !/^(?:HEAD|OPTIONS) |\/docs|\*/.test(route))
    .map((route) => route.replace(/:(\w+)/g, '{$1}'));
  expect([...new Set(routes)].sort()).toEqual(described);
  for (const plural of Object.values(PLURALS)) {
    expect(described).toContain(`GET /v1/${plural}/{id}`);
  }
});

it('names every operation differently', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('has nothing dangling', () => {
  const schemas = JSON.parse(text).components.schemas;
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, reference]) => reference ?? '',
  );
  const names = references.map((reference) => reference.replace('#/components/schemas/', ''));
  expect(references.length).toBeGreaterThan(100);
  expect(names.filter((name) => !Object.hasOwn(schemas, name))).toEqual([]);
});

it('gives every route a summary, an example of what goes in and comes out, and its refusals', () => {
  const lacking = operations.flatMap((operation) => {
    const { summary, requestBody, responses } = operation;
    const json = requestBody?.content['application/json'];
    const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
    const content = Object.values(success?.content ?? {})[0];
    const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
    const required = (json?.schema as { required?: readonly string[] } | undefined)?.required ?? [];
    const faults = [
      ...(summary ? [] : ['no summary']),
      ...(required.length > 0 && json?.schema.example === undefined ? ['no example body'] : []),
      ...(content?.example === undefined ? ['no example answer'] : []),
      ...(refusals.length >= 2 ? [] : ['no refusals']),
      ...refusals.flatMap(([status, { content: problem }]) =>
        problem?.['application/problem+json']?.example === undefined ? [`${status} has none`] : [],
      ),
    ];
    return faults.map((fault) => `${nameOf(operation)}: ${fault}`);
  });
  expect(lacking).toEqual([]);
});

it('gives example bodies that the API takes', async () => {
  const examples = operations.filter(({ path, method }) => {
    return method === 'POST' && /^\/v1\/(?:leads|contacts|accounts)$/.test(path);
  });
  for (const operation of examples) {
    const body = operation.requestBody?.content['application/json']?.schema.example;
    (await api.admin.post(operation.path, body)).expect(201);
  }
  expect(examples).toHaveLength(3);
});

it('is shown on a page', async () => {
  const page = await api.stranger.get('/docs');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Leadledger API');
});
