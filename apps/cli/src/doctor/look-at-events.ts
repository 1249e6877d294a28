import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type EventStore, openEmbeddedEventStore, openEventStoreDb } from '#event-store';
import type { Config } from '#platform';
import type { Finding } from './finding.js';
import type { LogStanding } from './look-at-read-models.js';

const PART = 'event store';
const OPEN_MS = 8_000;

/** @returns how far the log is; undefined when there is none yet. @throws what is wrong with it */
export async function lookAtEvents(
  { eventStoreUrl, dataFolder }: Config,
  findings: Finding[],
): Promise<LogStanding | undefined> {
  if (eventStoreUrl === undefined) return lookAtFile(dataFolder, findings);
  const store = await openEventStoreDb({ url: eventStoreUrl, openMs: OPEN_MS });
  try {
    const version = (await store.serverVersion()) ?? 'of unknown version';
    return await standing(store, `EventStoreDB ${version}`, findings);
  } finally {
    await store.close();
  }
}

async function lookAtFile(folder: string, findings: Finding[]): Promise<LogStanding | undefined> {
  if (!existsSync(join(folder, 'events.db'))) {
    findings.push({ part: PART, status: 'note', detail: 'No event log yet; a start makes one.' });
    return undefined;
  }
  const store = await openEmbeddedEventStore({ folder, readOnly: true });
  try {
    return await standing(store, 'embedded', findings);
  } finally {
    await store.close();
  }
}

async function standing(
  store: EventStore,
  what: string,
  findings: Finding[],
): Promise<LogStanding> {
  const head = await store.head();
  findings.push({ part: PART, status: 'ok', detail: `${what}, head at position ${head}.` });
  return { head, positionStep: store.positionStep };
}
