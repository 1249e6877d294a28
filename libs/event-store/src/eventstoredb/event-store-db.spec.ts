import { type StandIn, startStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import { describeEventStore } from '../event-store.contract.js';
import { openEventStoreDb } from './open-event-store-db.js';

// A server of its own when none is named. One that is named has a log that others write to.
let standIn: StandIn | undefined;
beforeAll(async () => {
  if (process.env.EVENTSTORE_URL === undefined) standIn = await startStandIn({ graceMs: 10 });
});
afterAll(() => standIn?.stop());

describeEventStore('EventStoreDB', async () => {
  const open = () =>
    openEventStoreDb({ url: process.env.EVENTSTORE_URL ?? (standIn as StandIn).url });
  return { store: await open(), reopen: open, cleanup: async () => {} };
});
