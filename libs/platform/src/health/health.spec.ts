import { createHealthRegistry, type HealthResult } from './health.js';

const up: HealthResult = { status: 'up', detail: 'Fine.' };

describe('the health registry', () => {
  it('is up when nothing says otherwise', async () => {
    expect(await createHealthRegistry().report('ready')).toEqual({ status: 'up', checks: {} });
  });

  it('reports the checks of one kind, and the worst of their statuses', async () => {
    const health = createHealthRegistry();
    health.register('process', 'live', () => ({ status: 'down', detail: 'Stuck.' }));
    health.register('store', 'ready', async () => up);
    health.register('projections', 'ready', () => ({ status: 'degraded', detail: '1 parked.' }));
    expect(await health.report('ready')).toEqual({
      status: 'degraded',
      checks: { store: up, projections: { status: 'degraded', detail: '1 parked.' } },
    });
    expect((await health.report('live')).status).toBe('down');
  });

  it('takes a check that throws as down and does not repeat its message', async () => {
    const health = createHealthRegistry();
    health.register('sync', 'ready', () => {
      throw new Error('mongodb://admin:s3cret@host');
    });
    health.register('async', 'ready', async () => {
      throw Object.assign(new Error('s3cret'), { code: 'ECONNREFUSED' });
    });
    const { status, checks } = await health.report('ready');
    expect(status).toBe('down');
    expect(checks.sync?.detail).toBe('The check failed: Error.');
    expect(checks.async?.detail).toBe('The check failed: ECONNREFUSED.');
  });

  it('does not wait for a check that hangs, and asks all at once', async () => {
    const health = createHealthRegistry(20);
    for (const name of ['a', 'b', 'c']) health.register(name, 'ready', () => new Promise(() => {}));
    const before = performance.now();
    const { status, checks } = await health.report('ready');
    expect([status, checks.a?.detail]).toEqual(['down', 'No answer within 20 ms.']);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('refuses a second check of one name', () => {
    const health = createHealthRegistry();
    health.register('store', 'ready', () => up);
    expect(() => health.register('store', 'live', () => up)).toThrow('store');
  });
});
