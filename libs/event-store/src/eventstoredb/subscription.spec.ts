import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type EventStoreDBClient, TimeoutError } from '@eventstore/db-client';
import type { AllReader } from './all-reader.js';
import { subscribe } from './subscription.js';

/** A client whose subscriptions end at once, as the server ends them whose consumer is too slow. */
function endingClient() {
  const calls = { begun: 0 };
  const subscribeToAll = () => {
    calls.begun += 1;
    const ending = new PassThrough({ objectMode: true });
    const error = Object.assign(new Error('Consumer too slow to handle event while live'), {
      code: 10,
    });
    setImmediate(() => ending.destroy(new TimeoutError(error as never)));
    return Object.assign(ending, { unsubscribe: async () => undefined });
  };
  return { client: { subscribeToAll } as unknown as EventStoreDBClient, calls };
}

describe('a subscription', () => {
  it('pauses, longer and longer, when the server ends it again and again before anything came', async () => {
    const { client, calls } = endingClient();
    const ending = new AbortController();
    const reader = {} as AllReader;
    const context = { client, reader, hosts: 'there', ms: 1_000, ended: ending.signal };
    const done = (async () => {
      for await (const _ of subscribe({ signal: ending.signal }, context));
    })();
    await pause(700);
    ending.abort();
    await done;
    expect(calls.begun).toBeGreaterThan(2);
    expect(calls.begun).toBeLessThan(8);
  });
});
