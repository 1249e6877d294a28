import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { END, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { type StandIn, startStandIn } from './stand-in.js';

/** What the replay of recordings leaves out, since it needs a kill or a burst. */
describe('the stand-in, as its client sees it', () => {
  let standIn: StandIn;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    standIn = await startStandIn({ graceMs: 300 });
    client = EventStoreDBClient.connectionString(standIn.url);
  });
  afterEach(async () => {
    await client.dispose();
    standIn.kill();
  });

  async function live() {
    const seen = { events: 0, error: undefined as { code?: number; type?: string } | undefined };
    const subscription = client.subscribeToAll({ fromPosition: END });
    subscription
      .on('data', () => {
        seen.events += 1;
      })
      .on('error', (error) => {
        seen.error = error as typeof seen.error;
      });
    await new Promise<void>((resolve) => subscription.on('caughtUp', resolve));
    return seen;
  }
  const burst = (count: number) =>
    client.appendToStream(
      `burst-${randomUUID()}`,
      Array.from({ length: count }, () => jsonEvent({ type: 't', data: { d: 'x'.repeat(476) } })),
    );

  it('drops a live subscriber when one append outruns its window, and not when it fits', async () => {
    const seen = await live();
    await burst(140);
    await pause(100);
    expect(seen).toEqual({ events: 140, error: undefined });
    await burst(200);
    await pause(100);
    expect(seen.error).toMatchObject({ type: 'timeout', code: 10 });
    expect(seen.events).toBeGreaterThan(140 + 100);
    expect(seen.events).toBeLessThan(140 + 200);
  });

  it('goes on with open calls after an orderly stop, and ends them without a status', async () => {
    const seen = await live();
    await burst(1);
    const stopping = standIn.stop();
    await burst(1);
    expect(seen.error).toBeUndefined();
    await stopping;
    await pause(50);
    expect(seen).toMatchObject({ events: 2, error: { type: 'unknown', code: 13 } });
  });

  it('breaks everything off when it is killed, and forgets ids that were not expected anywhere', async () => {
    const seen = await live();
    const event = jsonEvent({ type: 't', data: {} });
    await client.appendToStream('any-1', event);
    await client.appendToStream('exact-1', event, { expectedRevision: 'no_stream' });
    standIn.kill();
    await pause(50);
    expect(seen.error).toMatchObject({ type: 'unavailable', code: 14 });
    await standIn.restart();
    await expect(client.appendToStream('any-1', event)).resolves.toMatchObject({
      nextExpectedRevision: 1n,
    });
    const again = client.appendToStream('exact-1', event, { expectedRevision: 'no_stream' });
    await expect(again).resolves.toMatchObject({ nextExpectedRevision: 0n });
  });

  it('does not survive the stream that stops the genuine server', async () => {
    await client.appendToStream('$$', jsonEvent({ type: 't', data: {} }));
    await pause(150);
    await expect(burst(1)).rejects.toMatchObject({ code: 14 });
  });
});
