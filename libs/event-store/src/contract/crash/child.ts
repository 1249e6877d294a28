import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openEmbeddedEventStore } from '../../embedded/embedded-event-store.js';

/** What a child does in its folder: hold it, or append without end and print what was acknowledged, until it is killed. */
export type ChildTask = 'hold' | 'append';

const [, , task, folder = ''] = process.argv;
const store = await openEmbeddedEventStore({ folder });
writeSync(1, 'open\n');
if (task === 'append') await Promise.all(Array.from({ length: 32 }, appendForEver));
else setInterval(() => {}, 1_000);

async function appendForEver(): Promise<void> {
  const stream = `lead-${randomUUID()}`;
  for (let next = 0; ; ) {
    const events = Array.from({ length: 1 + Math.floor(3 * Math.random()) }, () => ({
      id: randomUUID(),
      type: 'Tested',
      data: { text: 'x'.repeat(Math.floor(3_000 * Math.random())) },
      metadata: {},
    }));
    const expected = next === 0 ? 'no_stream' : next - 1;
    const { revision, position } = await store.append({ stream, expected, events });
    writeSync(
      1,
      `${JSON.stringify({ stream, first: next, position, ids: events.map((e) => e.id) })}\n`,
    );
    next = revision + 1;
  }
}
