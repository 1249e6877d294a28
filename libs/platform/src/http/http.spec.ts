import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Refusal } from '#crm';
import { countingIds } from '../ids/ids.js';
import type { LogFacts } from '../logging/logger.port.js';
import { silentLogger } from '../logging/logger.port.js';
import { ProblemFilter } from '../problem/problem-filter.js';
import { fastifyOptions } from './fastify-options.js';
import { useStrictJson } from './json-body.js';
import { refuseEncoded } from './refuse-encoded.js';
import { refuseUnknownMethod, watchRoutes } from './route-table.js';

@Controller('v1/leads')
class LeadsController {
  @Get(':id')
  find(@Param('id') id: string): unknown {
    if (id === 'gone') throw new Refusal('not-found', 'lead_not_found', 'There is no such lead.');
    if (id === 'broken') throw new Error('Nguyễn Gia Khương');
    return { id };
  }

  @Post()
  capture(@Body() body: unknown): unknown {
    return { body };
  }
}

@Module({ controllers: [LeadsController] })
class LeadsModule {}

const logged: { message: string; facts?: LogFacts }[] = [];
const logger = {
  ...silentLogger,
  error: (message: string, facts?: LogFacts) => void logged.push({ message, facts }),
};
let app: NestFastifyApplication;

beforeAll(async () => {
  const options = fastifyOptions({ bodyLimit: 2_000 }, { ids: countingIds(), logger });
  const module = await Test.createTestingModule({ imports: [LeadsModule] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(options), {
    bodyParser: false,
    logger: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  useStrictJson(fastify);
  fastify.addHook('onRequest', refuseUnknownMethod(watchRoutes(fastify)));
  fastify.addHook('onRequest', refuseEncoded);
  app.useGlobalFilters(new ProblemFilter(logger));
  await app.listen(0, '127.0.0.1');
});
afterAll(() => app.close());

const post = (payload: string | Buffer, type = 'application/json') =>
  app.inject({ method: 'POST', url: '/v1/leads', payload, headers: { 'content-type': type } });

/** Sends raw bytes and answers what comes back until the connection ends. */
async function raw(bytes: string): Promise<string> {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

describe('a problem over HTTP', () => {
  it('is what a refusal says, as problem+json with the request id', async () => {
    const requestId = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
    const headers = { 'x-request-id': requestId };
    const answer = await app.inject({ url: '/v1/leads/gone', headers });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      type: 'urn:leadledger:problem:lead_not_found',
      title: 'Not found',
      status: 404,
      detail: 'There is no such lead.',
      code: 'lead_not_found',
      instance: `urn:uuid:${requestId}`,
      errors: [],
    });
  });

  it('tells nothing of an unexpected error, which is logged with its place', async () => {
    logged.length = 0;
    const answer = await app.inject({ url: '/v1/leads/broken' });
    expect(answer.statusCode).toBe(500);
    expect(answer.json().code).toBe('internal_error');
    expect(answer.body).not.toContain('Khương');
    expect(logged[0]?.facts).toMatchObject({ route: '/v1/leads/:id', error: expect.any(Error) });
  });

  it.each([
    ['malformed JSON', '{"a":', 'application/json', 400, 'malformed_json'],
    ['no JSON at all', '', 'application/json', 400, 'malformed_json'],
    ['a prototype', '{"__proto__":{"x":1}}', 'application/json', 400, 'malformed_json'],
    [
      'a constructor',
      '{"constructor":{"prototype":{}}}',
      'application/json',
      400,
      'malformed_json',
    ],
    ['deep lists', '['.repeat(900), 'application/json', 400, 'malformed_json'],
    [
      'deep objects',
      `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`,
      'application/json',
      400,
      'malformed_json',
    ],
    ['too much', `"${'x'.repeat(2_000)}"`, 'application/json', 413, 'too_large'],
    ['XML', '<a/>', 'text/xml', 415, 'unsupported_media_type'],
    ['a broken type', '{}', 'application/', 415, 'unsupported_media_type'],
    ['text', '{}', 'text/plain', 415, 'unsupported_media_type'],
  ])('answers %s', async (_, payload, type, status, code) => {
    const answer = await post(payload, type);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    const paths = answer.json().errors.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(status === 415 ? [] : ['body']);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it.each([
    ['gzip', 415],
    ['identity', 201],
  ])('answers a body that is said to be encoded as %s with %i', async (encoding, status) => {
    const answer = await app.inject({
      ...{ method: 'POST', url: '/v1/leads', payload: '{"a":1}' },
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    });
    expect(answer.statusCode).toBe(status);
    if (status === 415) expect(answer.json().errors).toMatchObject([{ path: 'Content-Encoding' }]);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const answer = await post(Buffer.from([0x22, 0xc3, 0x28, 0x22]));
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'malformed_json']);
  });

  it('takes brackets within strings and nesting up to the limit', async () => {
    const list = JSON.parse('['.repeat(63) + ']'.repeat(63));
    const body = { text: `\\"${'['.repeat(200)}`, backslash: '\\', after: '[[', list };
    const answer = await post(JSON.stringify(body));
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ body });
  });

  it('counts brackets after a string that ends in a backslash', async () => {
    const answer = await post(`{"a":"\\\\","b":${'['.repeat(65)}${']'.repeat(65)}}`);
    expect(answer.statusCode).toBe(400);
  });

  it.each([
    ['GET', '/nowhere', 404, 'not_found', undefined],
    ['GET', '/v1/leads/a/b', 404, 'not_found', undefined],
    ['DELETE', '/v1/leads', 405, 'method_not_allowed', 'POST'],
    ['POST', '/v1/leads/7?q=x', 405, 'method_not_allowed', 'GET, HEAD'],
    ['GET', '/v1/leads/%zz', 400, 'malformed_url', undefined],
    ['GET', '/v1/leads/%c3%28', 400, 'malformed_url', undefined],
    ['GET', `/v1/leads/${'x'.repeat(600)}`, 414, 'url_too_long', undefined],
  ] as const)('answers %s %s', async (method, url, status, code, allow) => {
    const answer = await app.inject({ method, url });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.body).not.toContain('xxx');
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });
});

describe('a table of routes', () => {
  it('is not confused by empty parts of an address', async () => {
    const answer = await app.inject({ method: 'PATCH', url: '/v1/leads/' });
    expect(answer.statusCode).toBe(404);
  });
});

describe('bytes that are no proper request', () => {
  const head = 'Host: x\r\nConnection: close\r\n';
  it.each([
    ['garbage', 'garbage\r\n\r\n', 400],
    ['a bad header', `GET / HTTP/1.1\r\n${head}a\u0000b: c\r\n\r\n`, 400],
    ['an unknown method', `FETCH / HTTP/1.1\r\n${head}\r\n`, 400],
    ['a bad length', `POST /v1/leads HTTP/1.1\r\n${head}Content-Length: abc\r\n\r\n`, 400],
    [
      'two lengths',
      `POST /v1/leads HTTP/1.1\r\n${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
    ],
    [
      'length and chunks',
      `POST /v1/leads HTTP/1.1\r\n${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      400,
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['endless headers', `GET / HTTP/1.1\r\n${head}a: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['an endless address', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${head}\r\n`, 431],
    ['a method without a route', `PROPFIND /v1/leads HTTP/1.1\r\n${head}\r\n`, 405],
    ['an absolute address', `GET http://[ HTTP/1.1\r\n${head}\r\n`, 400],
    ['an odd address', `GET * HTTP/1.1\r\n${head}\r\n`, 404],
    ['an expectation', `GET / HTTP/1.1\r\n${head}Expect: cake\r\n\r\n`, 417],
  ])('are answered: %s', async (_, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer.split('\r\n', 1)[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('are answered with a problem whose length is right', async () => {
    const [head, body] = (await raw('garbage\r\n\r\n')).split('\r\n\r\n');
    expect(head).toContain('content-type: application/problem+json');
    expect(head).toContain(`content-length: ${Buffer.byteLength(body ?? '')}`);
    expect(JSON.parse(body ?? '')).toMatchObject({ status: 400, code: 'malformed_request' });
  });
});
