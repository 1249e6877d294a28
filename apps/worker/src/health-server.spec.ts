import { createHealthRegistry, type HealthStatus } from '#platform';
import { type HealthServer, serveHealth } from './health-server.js';

describe('a worker’s health', () => {
  let status: HealthStatus = 'up';
  let server: HealthServer;
  beforeAll(async () => {
    const health = createHealthRegistry();
    health.register('process', 'live', () => ({ status: 'up', detail: 'Running.' }));
    health.register('projections', 'ready', () => ({ status, detail: 'As told.' }));
    server = await serveHealth(health, { host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
    return { status: answer.status, body: await answer.text() };
  };

  it('is told as the api tells its own', async () => {
    const { status: code, body } = await ask('/health/ready');
    const checks = { projections: { status: 'up', detail: 'As told.' } };
    expect([code, JSON.parse(body)]).toEqual([200, { status: 'up', checks }]);
  });

  it('is 503 when it is not ready, and alive all the same', async () => {
    status = 'down';
    expect((await ask('/health/ready')).status).toBe(503);
    expect((await ask('/health/live')).status).toBe(200);
  });

  it('is all that there is', async () => {
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/health/live', 'POST')).status).toBe(404);
  });

  it('cannot be told at an address that is in use', async () => {
    const { port } = server;
    const again = serveHealth(createHealthRegistry(), { host: '127.0.0.1', port });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
