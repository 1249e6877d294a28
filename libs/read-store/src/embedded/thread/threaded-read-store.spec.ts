import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { ReadStoreUnavailable } from '../../errors.js';
import { describeReadStore } from '../../read-store.contract.js';
import type { CollectionDefinition, ReadStore } from '../../read-store.port.js';
import { openEmbeddedReadStore } from '../open-embedded-read-store.js';
import { hostWriter } from './host-writer.js';
import type { ToWriter } from './messages.js';
import { openThreadedReadStore, type WriterThread } from './threaded-read-store.js';

const folder = mkdtempSync(join(tmpdir(), 'read store '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a thread is to the other end, with its program in this thread. */
class FakeThread extends EventEmitter implements WriterThread {
  readonly #channel = new MessageChannel();

  constructor(folder: string, open = openEmbeddedReadStore) {
    super();
    this.#channel.port2.on('message', (message) => this.emit('message', message));
    hostWriter(this.#channel.port1, (onRecreated) => open({ folder, onRecreated }));
  }

  postMessage(message: ToWriter): void {
    this.#channel.port2.postMessage(message);
  }

  async terminate(): Promise<void> {
    this.#channel.port2.close();
    this.emit('exit');
  }
}

describeReadStore('SQLite written by a thread', () =>
  openThreadedReadStore({ folder, launch: (at) => new FakeThread(at) }),
);

const LEADS: CollectionDefinition = { name: 'leads', version: 1, indexes: [] };
function put(store: ReadStore, n: number): Promise<void> {
  const document = { id: `d${n}`, n };
  const writes = [{ kind: 'put', collection: LEADS, document, position: n }] as const;
  return store.write({ writes, checkpoints: { leads: n } });
}

describe('a read store that a thread writes', () => {
  let own: string;
  beforeEach(() => {
    own = mkdtempSync(join(tmpdir(), 'read store '));
  });
  afterEach(() => rmSync(own, { recursive: true, force: true }));

  it('tells when it had to begin anew', async () => {
    writeFileSync(join(own, 'read.db'), 'nonsense '.repeat(1_000));
    const told: string[] = [];
    const store = await openThreadedReadStore({
      folder: own,
      launch: (at) => new FakeThread(at),
      onRecreated: (why) => told.push(why),
    });
    await put(store, 1);
    expect((await store.checkpoints(['leads'])).get('leads')).toBe(1);
    await store.close();
    expect(told).toHaveLength(1);
  });

  it('keeps writes in order, and says of each how it ended', async () => {
    const store = await openThreadedReadStore({ folder: own, launch: (at) => new FakeThread(at) });
    const wrong = { ...LEADS, name: 'No Name' };
    const [first, refused, last] = await Promise.allSettled([
      put(store, 1),
      store.ensure(wrong),
      put(store, 2),
    ]);
    expect([first.status, refused.status, last.status]).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(refused.status === 'rejected' && refused.reason).toBeInstanceOf(RangeError);
    expect((await store.checkpoints(['leads'])).get('leads')).toBe(2);
    await store.close();
    await expect(put(store, 3)).rejects.toThrow(ReadStoreUnavailable);
  });

  it('fails what is under way when its thread ends', async () => {
    const threads: FakeThread[] = [];
    const launch = (at: string) => {
      const thread = new FakeThread(at);
      threads.push(thread);
      return thread;
    };
    const store = await openThreadedReadStore({ folder: own, launch });
    const writing = put(store, 1);
    await threads[0]?.terminate();
    await expect(writing).rejects.toThrow(ReadStoreUnavailable);
    await expect(put(store, 2)).rejects.toThrow('the thread that writes it has ended');
    await store.close();
  });
});
