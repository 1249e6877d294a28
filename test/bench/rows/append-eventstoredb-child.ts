import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { type Append, openEventStoreDb } from '#event-store';
import { childInput, ROOT, report } from '../support/processes.js';
import { inTurn, timed } from '../support/sampling.js';
import { makeAppend } from './made-up-append.js';

export interface AppendingByCallers {
  readonly server: string;
  readonly rows: readonly {
    readonly callers: number;
    readonly appends: number;
    readonly productMs: number;
    readonly bareMs: number;
    readonly samples: number;
  }[];
}

const APPENDS_PER_CALLER = { least: 600, most: 5_000 } as const;
const { callers: all, pairs } = childInput<{ callers: readonly number[]; pairs: number }>();
const server = await startServer();
// Two clients, of which only one has appends pending at a time: both share what they know of those.
const store = await openEventStoreDb({ url: server.url });
const bare = EventStoreDBClient.connectionString(server.url);
try {
  const rows: AppendingByCallers['rows'][number][] = [];
  for (const callers of all) rows.push(await measure(callers));
  report({ server: server.name, rows } satisfies AppendingByCallers);
} finally {
  await bare.dispose();
  await store.close();
  await server.stop();
}

async function measure(callers: number) {
  const appends = Math.min(APPENDS_PER_CALLER.most, APPENDS_PER_CALLER.least * callers);
  const product = byCallers(callers, appends, (append) => store.append(append));
  const plain = byCallers(callers, appends, ({ stream, events }) =>
    bare.appendToStream(
      stream,
      events.map(({ id, type, data, metadata }) =>
        jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } }),
      ),
      { expectedRevision: NO_STREAM },
    ),
  );
  const { first, second, samples } = await inTurn(pairs, product, plain);
  return { callers, appends, productMs: first, bareMs: second, samples };
}

/** Every caller waits for its append before it makes the next. The appends are made before the clock starts. */
function byCallers(callers: number, total: number, append: (append: Append) => Promise<unknown>) {
  return async () => {
    const appends = Array.from({ length: total }, makeAppend);
    let next = 0;
    const caller = async () => {
      for (let one = appends[next++]; one; one = appends[next++]) await append(one);
    };
    return timed(() => Promise.all(Array.from({ length: callers }, caller)));
  };
}

async function startServer(): Promise<{ url: string; name: string; stop(): Promise<void> }> {
  const named = process.env.EVENTSTORE_URL;
  if (named !== undefined) return { url: named, name: 'EventStoreDB', async stop() {} };
  const child = spawn(
    process.execPath,
    [join(ROOT, 'test/support/eventstoredb/serve.mjs'), '--grace-ms', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return {
    url: (JSON.parse(line) as { url: string }).url,
    name: 'stand-in for EventStoreDB',
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
