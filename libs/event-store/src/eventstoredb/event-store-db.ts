import { setTimeout as pause } from 'node:timers/promises';
import { ErrorType } from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.js';
import type { EventStore } from '../event-store.port.js';
import { createAllReader } from './all-reader.js';
import { createAppender } from './appender.js';
import {
  asCommandError,
  asStoreError,
  Code,
  codeOf,
  messageOf,
  NoAnswer,
} from './client-errors.js';
import { hostsOf } from './connection-string.js';
import type { EventStoreDbOptions } from './options.js';
import { readStream } from './read-stream.js';
import { withPatience } from './reading.js';
import { borrowClient } from './shared-client.js';
import { subscribe } from './subscription.js';
import { within } from './within.js';

const OPEN_MS = 10_000;
const READ_MS = 10_000;
const APPEND_TRY_MS = 5_000;
const APPEND_PATIENCE_MS = 20_000;
const RETRY_OPEN_MS = 250;

/** About what an event takes in the server's log: positions count bytes. */
const EVENT_BYTES = 700;

export interface EventStoreDb extends EventStore {
  /** As the server tells it; undefined when it does not. */
  serverVersion(): Promise<string | undefined>;
}

/** What the client asks of a server before its first call; it keeps that to itself. */
interface Inside {
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
}

/** See `openEventStoreDb`. */
export async function createEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDb> {
  const { url, openMs = OPEN_MS, readMs = READ_MS } = options;
  const hosts = hostsOf(url);
  const { client, giveBack } = borrowClient(url, hosts);
  const reader = createAllReader(client, readMs);
  const appender = createAppender(client, hosts, {
    tryMs: options.appendTryMs ?? APPEND_TRY_MS,
    patienceMs: options.appendPatienceMs ?? APPEND_PATIENCE_MS,
  });
  const ending = new AbortController();

  async function reading<Result>(read: () => Promise<Result>): Promise<Result> {
    if (ending.signal.aborted) throw new StoreUnavailable('it was closed');
    try {
      return await read();
    } catch (error) {
      throw isOurs(error) ? error : asStoreError(error, hosts);
    }
  }

  /** Reading the end needs everything that is needed later: the server, its protocol, and the right to read `$all`. */
  async function connect(): Promise<void> {
    const until = performance.now() + openMs;
    let cause: unknown = new NoAnswer(openMs);
    for (;;) {
      try {
        await within(Math.max(1, until - performance.now()), reader.probe());
        return;
      } catch (error) {
        if (!(error instanceof NoAnswer)) cause = error;
        if (!passesSoon(cause) || performance.now() + RETRY_OPEN_MS > until)
          throw asStoreError(cause, hosts);
        await pause(RETRY_OPEN_MS);
      }
    }
  }

  try {
    await connect();
  } catch (error) {
    await giveBack();
    throw error;
  }
  return {
    positionStep: EVENT_BYTES,
    append: appender.append,
    readStream: (read) => reading(() => withPatience(() => readStream(client, read, readMs))),
    readAll: (read) => reading(() => reader.readAll(read)),
    head: () => reading(() => reader.head()),
    serverVersion: () =>
      reading(
        async () => (await (client as unknown as Inside).capabilities).serverVersion || undefined,
      ),
    subscribe: (request) =>
      subscribe(request, {
        client,
        reader,
        hosts,
        ms: openMs,
        ended: AbortSignal.any([request.signal, ending.signal]),
      }),
    async close() {
      if (ending.signal.aborted) return;
      ending.abort();
      await appender.close();
      await giveBack();
    },
  };
}

/** A server or a cluster that is starting; or a node that has just sent the client on to the leader. */
function passesSoon(error: unknown): boolean {
  if (asCommandError(error)?.type === ErrorType.NOT_LEADER) return true;
  return codeOf(error) === Code.UNAVAILABLE || /^Failed to discover/.test(messageOf(error));
}

/** What a caller is told as it is: a position that is not one, a number that is none. */
function isOurs(error: unknown): boolean {
  return (
    error instanceof RangeError || (error instanceof Error && error.name === 'UnknownPosition')
  );
}
