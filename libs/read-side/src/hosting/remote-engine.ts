import type { Position } from '#crm';
import {
  type EngineLogger,
  type ProjectionEngine,
  type Standing,
  UnknownReadModel,
} from '../engine/engine.port.js';
import { reachedIn } from '../engine/reached-in.js';
import type { Retried } from '../engine/retry-parked.js';
import type { EngineStatus } from '../engine/status.js';
import { createWaiters } from '../engine/waiters.js';
import { createCalls } from './calls.js';
import type { EngineCall, FromEngine, ToEngine } from './engine-messages.js';
import { statusWithout } from './status-without.js';

/** A thread that runs `hostEngine`, as `node:worker_threads` has it. */
export interface EngineThread {
  postMessage(message: ToEngine): void;
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
}

export interface RemoteEngineOptions {
  /** Starts a thread. Called again when one has ended. */
  readonly launch: () => EngineThread;
  /** Position of the last event of the log. */
  readonly head: () => Promise<Position>;
  readonly logger: EngineLogger;
  /** How long (ms) the batch under way may take when stopping. */
  readonly stopWithinMs?: number;
}

export interface RemoteEngine extends ProjectionEngine {
  /** To be told of every append, so that the engine need not wait for its next poll. Costs next to nothing. */
  grown(position: Position): void;
}

const FIRST_RESTART_MS = 100;
const LAST_RESTART_MS = 5_000;
const TELL_EVERY_MS = 5;
const STATUS_WITHIN_MS = 2_000;
const STOP_WITHIN_MS = 10_000;
const NOTHING: Standing = { served: [], positions: {} };

/**
 * An engine that runs in another thread, so that folding takes no time from requests, with what queries need of it mirrored here. A
 * thread that ends is started again with growing pauses; what it had not finished is folded anew, which the positions of
 * documents make harmless.
 */
export function createRemoteEngine(options: RemoteEngineOptions): RemoteEngine {
  const { head, logger, stopWithinMs = STOP_WITHIN_MS } = options;
  const waiters = createWaiters();
  const calls = createCalls();
  let standing = NOTHING;
  let lastStatus: EngineStatus | undefined;
  let thread: EngineThread | undefined;
  let ended: Promise<void> = Promise.resolve();
  let restart: NodeJS.Timeout | undefined;
  let restartInMs = FIRST_RESTART_MS;
  let stopping = false;
  let appended: Position = -1;
  let told = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let telling: NodeJS.Timeout | undefined;
  let wanted: Position = -1;

  const reached = (collections?: readonly string[]) => reachedIn(standing, collections);

  /** At once when the last time is a while ago; under a load of appends once for all within a few milliseconds, as waking a thread is dear. */
  function tell(): void {
    if (told || telling) return;
    const inMs = TELL_EVERY_MS - (performance.now() - toldAt);
    if (inMs <= 0) tellNow();
    else telling = setTimeout(tellNow, inMs).unref();
  }

  function tellNow(): void {
    telling = undefined;
    if (!thread || reached() >= appended) return;
    told = true;
    toldAt = performance.now();
    thread.postMessage({ kind: 'grown' });
  }

  /** Once for each position that somebody waits for, without the throttle of `tell`; nobody wrote beyond the last append. */
  function hurry(position: Position): void {
    const until = Math.min(position, appended);
    if (!thread || until <= wanted) return;
    wanted = until;
    thread.postMessage({ kind: 'wanted', position: until });
  }

  function advance(to: Standing): void {
    standing = to;
    waiters.notify();
    // What was appended since the thread looked last may have been announced to it before that.
    told = false;
    if (reached() < appended) tell();
  }

  function receive(message: FromEngine): void {
    switch (message.kind) {
      case 'started':
        advance(message.standing);
        break;
      case 'progress': {
        restartInMs = FIRST_RESTART_MS;
        const { positions, served = standing.served } = message;
        advance({ served, positions });
        break;
      }
      case 'answer':
      case 'refusal':
        calls.settle(message);
        break;
      case 'log':
        logger[message.level](message.facts, message.message);
    }
  }

  /** Resolves when the engine in the thread has started. @throws what ended the thread before that */
  function launch(): Promise<void> {
    const launched = options.launch();
    thread = launched;
    told = false;
    wanted = -1;
    let failure: unknown = new Error('The thread of the projections ended.');
    return new Promise((resolve, reject) => {
      launched.on('error', (error) => {
        failure = error;
      });
      launched.on('message', (message) => {
        receive(message);
        if (message.kind === 'started') resolve();
      });
      ended = new Promise((exited) => {
        launched.on('exit', () => {
          thread = undefined;
          calls.abandon();
          reject(failure);
          exited();
          if (!stopping && standing !== NOTHING) launchLater(failure);
        });
      });
    });
  }

  function launchLater(error: unknown): void {
    logger.warn(
      { error, restartInMs },
      'The thread of the projections ended and is started again.',
    );
    restart = setTimeout(() => {
      // Its end is seen to by itself.
      launch().catch(() => undefined);
    }, restartInMs);
    restart.unref();
    restartInMs = Math.min(restartInMs * 2, LAST_RESTART_MS);
  }

  const call = <Answer>(what: EngineCall, withinMs?: number): Promise<Answer> =>
    calls.make<Answer>(thread, what, withinMs);

  return {
    start: launch,
    async stop() {
      stopping = true;
      clearTimeout(restart);
      clearTimeout(telling);
      const stopped = thread;
      if (stopped) {
        await call({ what: 'stop' }, stopWithinMs).catch((error: unknown) => {
          logger.warn({ error }, 'The projections did not stop by themselves.');
        });
        await stopped.terminate();
        await ended;
      }
      waiters.close();
    },
    grown(position) {
      appended = Math.max(appended, position);
      tell();
    },
    standing: () => standing,
    reached,
    waitFor(position, timeoutMs, collections) {
      if (reached(collections) < position) hurry(position);
      return waiters.wait(position, timeoutMs, () => reached(collections));
    },
    hurry,
    live(name) {
      const collection = standing.served.find((served) => served.name === name);
      if (!collection) throw new UnknownReadModel(name);
      return collection;
    },
    async status() {
      if (standing === NOTHING) return { head: await head().catch(() => undefined), models: [] };
      try {
        lastStatus = await call<EngineStatus>({ what: 'status' }, STATUS_WITHIN_MS);
        return lastStatus;
      } catch {
        return statusWithout(standing, lastStatus, await head().catch(() => undefined));
      }
    },
    rebuild: (collections) =>
      call<undefined>({ what: 'rebuild', ...(collections && { collections }) }),
    retryParked: (collection, documentId) =>
      call<Retried>({
        what: 'retryParked',
        collection,
        ...(documentId !== undefined && { documentId }),
      }),
  };
}
