import type { Instant, Uuid } from '#crm';
import { createPolling, Executor, type Polling } from '#write-side';
import { type RunEnd, type RunParts, runWebhook } from './run-webhook.js';
import type { FoundWebhook, WebhookFinder } from './webhook-finder.port.js';

export interface DispatcherOptions extends Omit<RunParts, 'executor'> {
  readonly finder: WebhookFinder;
  readonly failed: (webhookId: Uuid | undefined, error: unknown) => void;
  /** Milliseconds between two looks at which webhooks there are. */
  readonly intervalMs?: number;
}

export interface Dispatcher extends Polling {
  /** Begins with webhooks that are new, changed or may be tried again, and ends with those that are no more. */
  look(): Promise<void>;
}

const INTERVAL_MS = 1_000;
const CACHED_STREAMS = 100;

interface Running {
  readonly revision: number;
  readonly stopping: AbortController;
  readonly ended: Promise<void>;
}

/** What is not run for now, as it was then. */
interface Resting {
  readonly revision: number;
  readonly end: RunEnd;
}

/** Sends the events of the log to all webhooks (PRODUCT.md P6), each at its own pace. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { finder, failed, now, mayReceive, intervalMs = INTERVAL_MS } = options;
  const { log, settings } = options;
  const executor = new Executor({ log, settings, now, cachedStreams: CACHED_STREAMS });
  const parts: RunParts = { ...options, executor };
  const running = new Map<Uuid, Running>();
  const resting = new Map<Uuid, Resting>();

  function begin({ id, revision }: FoundWebhook): void {
    const stopping = new AbortController();
    const run = async () => {
      try {
        const end = await runWebhook(id, parts, stopping.signal);
        resting.set(id, { revision, end });
      } catch (error) {
        // Begun again at the next look.
        if (!stopping.signal.aborted) failed(id, error);
      } finally {
        running.delete(id);
      }
    };
    resting.delete(id);
    running.set(id, { revision, stopping, ended: run() });
  }

  async function end(some: readonly Running[]): Promise<void> {
    for (const { stopping } of some) stopping.abort();
    await Promise.all(some.map(({ ended }) => ended));
  }

  function mayBegin({ id, revision, registeredBy }: FoundWebhook, at: Instant): boolean {
    if (running.has(id) || !mayReceive(registeredBy)) return false;
    const rest = resting.get(id);
    if (!rest || rest.revision !== revision) return true;
    return rest.end !== 'over' && rest.end.waiting <= at;
  }

  async function look(): Promise<void> {
    const found = await finder.active();
    const revisions = new Map(found.map(({ id, revision }) => [id, revision]));
    await end(
      [...running].flatMap(([id, one]) => (revisions.get(id) === one.revision ? [] : [one])),
    );
    for (const id of resting.keys()) if (!revisions.has(id)) resting.delete(id);
    for (const webhook of found) if (mayBegin(webhook, now())) begin(webhook);
  }

  const polling = createPolling({
    look,
    failed: (error) => failed(undefined, error),
    intervalMs,
  });
  return {
    look,
    start: polling.start,
    async stop() {
      await polling.stop();
      await end([...running.values()]);
      resting.clear();
    },
  };
}
