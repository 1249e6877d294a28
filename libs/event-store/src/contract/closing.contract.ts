import { BEFORE_FIRST } from '../event-store.port.js';
import { contentOf, type OpenedEventStore, toNewStream } from './support.js';

export function describeClosing(open: () => Promise<OpenedEventStore>): void {
  describe('closing', () => {
    let opened: OpenedEventStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened.store.close();
      await opened.cleanup();
    });

    it('finishes the appends that were accepted', async () => {
      const append = toNewStream(2);
      const appending = opened.store.append(append);
      await opened.store.close();
      expect((await appending).revision).toBe(1);
      if (!opened.reopen) return;
      opened = { ...opened, store: await opened.reopen() };
      const stored = await opened.store.readStream({ stream: append.stream });
      expect(stored.map(contentOf)).toEqual(append.events.map(contentOf));
    });

    it('refuses what comes afterwards, and can be repeated', async () => {
      await opened.store.close();
      await opened.store.close();
      const after = [
        opened.store.append(toNewStream()),
        opened.store.readStream({ stream: 'lead-1' }),
        opened.store.readAll({ limit: 1 }),
        opened.store.head(),
      ];
      for (const outcome of await Promise.allSettled(after)) {
        expect(outcome).toMatchObject({ reason: { name: 'StoreUnavailable' } });
      }
    });

    it('ends subscriptions without an error', async () => {
      const { signal } = new AbortController();
      const closing: Promise<void>[] = [];
      for await (const { live } of opened.store.subscribe({ signal })) {
        if (live) closing.push(opened.store.close());
      }
      expect(closing).not.toEqual([]);
      await Promise.all(closing);
    });

    it('keeps repeats recognisable and positions growing when opened again', async () => {
      const append = toNewStream(2);
      const first = await opened.store.append(append);
      if (!opened.reopen) return;
      await opened.store.close();
      opened = { ...opened, store: await opened.reopen() };
      expect(await opened.store.append(append)).toEqual(first);
      expect(await opened.store.head()).toBeGreaterThanOrEqual(first.position);
      const next = await opened.store.append(toNewStream());
      expect(next.position).toBeGreaterThan(first.position);
    });

    it('has a head that no event is before', async () => {
      const [first] = await opened.store.readAll({ limit: 1 });
      expect(first?.position ?? 0).toBeGreaterThan(BEFORE_FIRST);
    });
  });
}
