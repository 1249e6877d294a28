import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Position } from '#crm';
import type { EventLog } from '#event-store';
import { isTold, serverSent } from './event-feed.js';

/** How often a silent stream shows that it is alive, in milliseconds. */
const HEARTBEAT_MS = 15_000;
const BATCH = 200;

/**
 * Writes events after a position to a response as they happen, until the signal aborts or the caller goes away. A caller
 * that reads slowly is waited for.
 * @param mayGoOn asked before every batch and heartbeat: rights may end while a stream is open
 */
export async function streamEvents(
  response: ServerResponse,
  log: EventLog,
  { after, signal, mayGoOn }: { after: Position; signal: AbortSignal; mayGoOn: () => boolean },
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const until = AbortSignal.any([signal, gone.signal]);
  const heartbeat = setInterval(() => {
    if (mayGoOn()) response.write(': still here\n\n');
    else gone.abort();
  }, HEARTBEAT_MS);
  try {
    for await (const { events } of log.subscribe({ after, batchSize: BATCH, signal: until })) {
      if (!mayGoOn()) break;
      const told = events.filter(isTold).map(serverSent);
      if (told.length === 0) continue;
      const taken = response.write(told.join(''));
      if (!taken) await once(response, 'drain', { signal: until });
    }
  } catch (error) {
    if (!until.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}
