import { createMetrics } from './metrics.js';

describe('metrics', () => {
  it('count requests by method, route template and status', async () => {
    const metrics = createMetrics();
    metrics.requestFinished({ method: 'GET', route: '/v1/leads/:id', status: 200, seconds: 0.002 });
    metrics.requestFinished({ method: 'GET', route: '/v1/leads/:id', status: 200, seconds: 0.2 });
    metrics.requestFinished({ method: 'GET', route: undefined, status: 404, seconds: 0.001 });
    const text = await metrics.text();
    const labels = 'method="GET",route="/v1/leads/:id",status="200"';
    expect(text).toContain(`leadledger_http_request_seconds_count{${labels}} 2`);
    expect(text).toContain(`leadledger_http_request_seconds_bucket{le="0.0025",${labels}} 1`);
    expect(text).toContain('route="unrouted",status="404"} 1');
  });

  it('tell the latest lag of each projection, and how appends ended', async () => {
    const metrics = createMetrics();
    metrics.projectionLag('leads', 7);
    metrics.projectionLag('leads', 3);
    metrics.appendFinished(0.01, 'stored');
    metrics.appendFinished(0.01, 'StoreUnavailable');
    const text = await metrics.text();
    expect(text).toContain('leadledger_projection_lag_positions{projection="leads"} 3');
    metrics.forgetLags();
    expect(await metrics.text()).not.toContain('leadledger_projection_lag_positions{');
    expect(text).toContain('leadledger_append_seconds_count{outcome="stored"} 1');
    expect(text).toContain('leadledger_append_seconds_count{outcome="StoreUnavailable"} 1');
  });

  it('can be made more than once in a process', () => {
    createMetrics();
    expect(() => createMetrics()).not.toThrow();
  });
});
