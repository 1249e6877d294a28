import type { EventStoreDb } from './event-store-db.js';
import type { EventStoreDbOptions } from './options.js';

/**
 * Opens the event log of an EventStoreDB. All stores that a process opens share one client, and so must name one server.
 *
 * @throws StoreMisconfigured the connection string, the credentials or what answers there are wrong
 * @throws StoreUnavailable nothing answers there
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDb> {
  // Loaded when it is used: gRPC takes longer to load than an embedded log takes to open.
  const { createEventStoreDb } = await import('./event-store-db.js');
  return createEventStoreDb(options);
}
