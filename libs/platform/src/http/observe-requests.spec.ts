import rateLimit from '@fastify/rate-limit';
import fastifyServer from 'fastify';
import { countingIds } from '../ids/ids.js';
import { pinoLogger } from '../logging/pino-logger.js';
import { createMetrics } from '../metrics/metrics.js';
import { sendProblem } from '../problem/send-problem.js';
import { fastifyOptions } from './fastify-options.js';
import { observeRequests } from './observe-requests.js';
import { rateLimitOptions } from './rate-limit.js';

async function served(perSecond = 100) {
  const lines: string[] = [];
  const logger = pinoLogger('debug', { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics();
  const fastify = fastifyServer(
    fastifyOptions({ bodyLimit: 1_024 }, { ids: countingIds(), logger }),
  );
  observeRequests(fastify, { metrics, logger });
  fastify.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, logger));
  const callerOf = (request: { headers: Record<string, unknown> }) =>
    request.headers['x-caller'] as string | undefined;
  await fastify.register(rateLimit, rateLimitOptions(perSecond, callerOf));
  fastify.get('/v1/leads/:id', async () => ({}));
  await fastify.ready();
  return { fastify, lines, metrics };
}

describe('observed requests', () => {
  it('are logged and measured by route template, without address, query or headers', async () => {
    const { fastify, lines, metrics } = await served();
    const answer = await fastify.inject({
      url: '/v1/leads/khuong@example.vn?q=khuong',
      headers: { authorization: 'Bearer s3cret' },
    });
    expect(answer.headers['x-request-id']).toBe('00000000-0000-7000-8000-000000000001');
    expect(lines.join()).toContain('"route":"/v1/leads/:id"');
    expect(lines.join()).not.toMatch(/khuong|s3cret/);
    expect(await metrics.text()).toContain('route="/v1/leads/:id",status="200"} 1');
  });

  it('take a request id only when it is a UUID', async () => {
    const { fastify } = await served();
    const idFor = async (sent: string) =>
      (await fastify.inject({ url: '/', headers: { 'x-request-id': sent } })).headers[
        'x-request-id'
      ];
    expect(await idFor('0D5C2F7E-51A8-4D06-9A0C-3C6F1F3F7A11')).toBe(
      '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11',
    );
    expect(await idFor('khuong@example.vn')).toBe('00000000-0000-7000-8000-000000000001');
  });
});

describe('the rate limit', () => {
  it('refuses a caller beyond it with Retry-After, and no other caller', async () => {
    const { fastify } = await served(2);
    const ask = (caller: string) =>
      fastify.inject({ url: '/v1/leads/1', headers: { 'x-caller': caller } });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await ask('a')).statusCode);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await ask('a');
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.json().code).toBe('too_many_requests');
    expect((await ask('b')).statusCode).toBe(200);
  });
});
