import { Worker } from 'node:worker_threads';
import { LeaseLost, ReadStoreUnavailable } from '../../errors.js';
import type { ReadStore, WriteBatch } from '../../read-store.port.js';
import { openEmbeddedReadStore } from '../open-embedded-read-store.js';
import type {
  CarriedError,
  FromWriter,
  TextBatch,
  TextWrite,
  ToWriter,
  WriterCall,
} from './messages.js';
import type { WriterThreadData } from './writer-thread.js';

/** A thread that runs `hostWriter`, as `node:worker_threads` has it. */
export interface WriterThread {
  postMessage(message: ToWriter): void;
  on(event: 'message', listener: (message: FromWriter) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  terminate(): Promise<unknown>;
}

export interface ThreadedReadStoreOptions {
  /** The data folder; `read.db` is kept in it. */
  readonly folder: string;
  readonly onRecreated?: (why: string) => void;
  /** Starts the thread. Default: one of `node:worker_threads`, which needs built code. */
  readonly launch?: (folder: string) => WriterThread;
}

/**
 * The embedded read store with its writes in a thread of their own, so that whoever folds can go on while a batch is written. Reads
 * see a write once it is done.
 * @throws ReadStoreUnavailable the folder cannot be written
 */
export async function openThreadedReadStore(options: ThreadedReadStoreOptions): Promise<ReadStore> {
  const { folder, onRecreated, launch = launchWorker } = options;
  const thread = launch(folder);
  const open = new Map<number, (error?: Error) => void>();
  let last = 0;
  let ended = false;

  const opened = new Promise<void>((resolve, reject) => {
    thread.on('message', (message) => {
      if (message.kind === 'opened') {
        if (message.recreated !== undefined) onRecreated?.(message.recreated);
        resolve();
      } else {
        open.get(message.id)?.(message.kind === 'failed' ? errorOf(message.error) : undefined);
      }
    });
    thread.on('exit', () => {
      ended = true;
      reject(gone());
      for (const settle of open.values()) settle(gone());
    });
  });

  function send(call: WriterCall): Promise<void> {
    return new Promise((resolve, reject) => {
      if (ended) throw gone();
      last += 1;
      const id = last;
      open.set(id, (error) => {
        open.delete(id);
        if (error) reject(error);
        else resolve();
      });
      thread.postMessage({ id, call });
    });
  }

  await opened;
  const reader = openEmbeddedReadStore({ folder, readOnly: true });
  return {
    ...reader,
    write: async (batch) => send({ what: 'write', batch: textsOf(batch) }),
    ensure: (collection) => send({ what: 'ensure', collection }),
    drop: ({ name, version }, fence) =>
      send({ what: 'drop', collection: { name, version }, fence }),
    forget: (name, fence) => send({ what: 'forget', name, fence }),
    async close() {
      await reader.close();
      if (ended) return;
      await send({ what: 'close' }).catch(() => undefined);
      await thread.terminate();
    },
  };
}

function gone(): ReadStoreUnavailable {
  return new ReadStoreUnavailable('the thread that writes it has ended');
}

function launchWorker(folder: string): WriterThread {
  const workerData: WriterThreadData = { folder };
  return new Worker(new URL('./writer-thread.js', import.meta.url), { workerData });
}

function textsOf({
  ahead = [],
  writes,
  decisions = [],
  checkpoints,
  fence,
}: WriteBatch): TextBatch {
  const byCollection = new Map<
    string,
    { collection: WriteBatch['writes'][number]['collection']; writes: TextWrite[] }
  >();
  // All in one transaction, whatever comes first.
  for (const write of [...ahead, ...writes, ...decisions]) {
    const { collection, position } = write;
    const key = `${collection.name}@${collection.version}`;
    const group = byCollection.get(key) ?? { collection, writes: [] };
    byCollection.set(key, group);
    group.writes.push(
      write.kind === 'put'
        ? [position, JSON.stringify(write.document)]
        : [position, undefined, write.id],
    );
  }
  return { collections: [...byCollection.values()], checkpoints, fence };
}

function errorOf(error: CarriedError): Error {
  if ('why' in error) return new ReadStoreUnavailable(error.why);
  if ('lease' in error) return new LeaseLost(error.lease, error.token);
  return new RangeError(error.misuse);
}
