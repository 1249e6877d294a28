import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toNewStream } from '../contract/support.js';
import type { StoredEvent } from '../event-store.port.js';
import { openEmbeddedEventStore } from './embedded-event-store.js';

describe('A log too large to be verified whole at start', () => {
  const events = 3_000;
  let folder: string;
  let stream: string;
  const open = () => openEmbeddedEventStore({ folder, fullCheckBytes: 0 });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'events '));
    const store = await open();
    for (let n = 0; n < 10; n += 1) {
      const append = toNewStream(events / 10);
      if (n === 0) ({ stream } = append);
      await store.append(append);
    }
    await store.close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Pages keep remains of what once was in them, so a text can be there more than once. */
  const alterEvent = async (position: number) => {
    const store = await open();
    const [event] = await store.readAll({ from: position, limit: 1 });
    await store.close();
    const file = join(folder, 'events.db');
    const bytes = readFileSync(file);
    const { id } = event as StoredEvent;
    for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id)) bytes.write('z', at);
    writeFileSync(file, bytes);
  };
  const damaged = { name: 'StoreDamaged', position: 11 };
  const never = () => new AbortController().signal;

  it('is verified at its end as it is opened', async () => {
    await alterEvent(events - 5);
    const position = events - 5;
    await expect(open()).rejects.toMatchObject({ name: 'StoreDamaged', position });
  });

  it('opens with older damage, which each read that meets it reports', async () => {
    await alterEvent(11);
    const store = await open();
    await expect(store.readAll({ limit: 20 })).rejects.toMatchObject(damaged);
    await expect(store.readStream({ stream })).rejects.toMatchObject(damaged);
    expect(await store.readAll({ from: 12, limit: 20 })).toHaveLength(20);
    const consuming = async () => {
      for await (const _ of store.subscribe({ signal: never() }));
    };
    await expect(consuming()).rejects.toMatchObject(damaged);
    await store.close();
  });

  it('is verified in the background, which finds older damage', async () => {
    await alterEvent(11);
    const store = await open();
    const verifying = async () => {
      for await (const _ of store.verify(never()));
    };
    await expect(verifying()).rejects.toMatchObject(damaged);
    await store.close();
  });

  it('is verified while it grows, and says how far that is', async () => {
    const store = await open();
    const checked = { events: 0, streams: 0 };
    for await (const progress of store.verify(never())) {
      checked[progress.phase] = progress.checked;
      expect(progress.total).toBe(events);
      await store.append(toNewStream());
    }
    expect(checked).toEqual({ events, streams: events });
    await store.close();
  });

  it('stops being verified when asked to, and when it is closed', async () => {
    const ending = new AbortController();
    const store = await open();
    let steps = 0;
    for await (const _ of store.verify(ending.signal)) {
      steps += 1;
      ending.abort();
    }
    expect(steps).toBe(1);
    for await (const _ of store.verify(never())) await store.close();
  });
});
