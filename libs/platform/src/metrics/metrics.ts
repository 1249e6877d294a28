import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from a cached read to a command that waits for a disk. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface FinishedRequest {
  readonly method: string;
  /** The template, `/v1/leads/:id`; never the address itself, which is without number and may hold personal values. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

/** Figures of the running process in Prometheus' text form. */
export interface Metrics {
  requestFinished(request: FinishedRequest): void;
  /** An append to the event store that took `seconds`; `outcome` is `stored` or the name of the error. */
  appendFinished(seconds: number, outcome: string): void;
  /** How many positions a projection is behind the head. */
  projectionLag(projection: string, positions: number): void;
  /** How many deliveries wait for somebody to retry them; undefined when that is not known. */
  parkedDeliveries(count: number | undefined): void;
  /** How far they are is not known: an old figure would say that all is well. */
  forgetLags(): void;
  /** The media type of `text()`. */
  readonly contentType: string;
  text(): Promise<string>;
}

/** Metrics in a registry of their own, with those of the process (memory, event loop, garbage collection). */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'leadledger_http_request_seconds',
    help: 'How long requests took, by route template.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers,
  });
  const appends = new Histogram({
    name: 'leadledger_append_seconds',
    help: 'How long appends to the event store took.',
    labelNames: ['outcome'] as const,
    buckets: BUCKETS,
    registers,
  });
  const lag = new Gauge({
    name: 'leadledger_projection_lag_positions',
    help: 'How many positions a projection is behind the head of the log.',
    labelNames: ['projection'] as const,
    registers,
  });
  const parked = new Gauge({
    name: 'leadledger_parked_deliveries',
    help: 'How many e-mails and webhook calls wait for somebody to retry them, counted up to 1,000.',
    registers,
  });
  return {
    requestFinished: ({ method, route = 'unrouted', status, seconds }) =>
      requests.observe({ method, route, status }, seconds),
    appendFinished: (seconds, outcome) => appends.observe({ outcome }, seconds),
    projectionLag: (projection, positions) => lag.set({ projection }, positions),
    parkedDeliveries(count) {
      if (count === undefined) parked.set(Number.NaN);
      else parked.set(count);
    },
    forgetLags: () => lag.reset(),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
