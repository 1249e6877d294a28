import { randomUUID } from 'node:crypto';
import type { DataKey, KeyRing } from './key-ring.port.js';

/** A key ring under test. */
export interface OpenedKeyRing {
  readonly ring: KeyRing;
  /** Opens the same ring again after `ring` was closed. */
  readonly reopen: (options?: { readonly secret?: Buffer }) => Promise<KeyRing>;
  readonly cleanup: () => Promise<void>;
}

/** What every adapter of the key ring port promises. */
export function describeKeyRing(
  name: string,
  open: (options?: { readonly secret?: Buffer }) => Promise<OpenedKeyRing>,
): void {
  describe(`Key ring, ${name}`, () => {
    let opened: OpenedKeyRing;
    let ring: KeyRing;
    beforeEach(async () => {
      opened = await open();
      ring = opened.ring;
    });
    afterEach(async () => {
      await ring.close();
      await opened.cleanup();
    });
    const reopen = async () => {
      await ring.close();
      ring = await opened.reopen();
    };
    const idsOf = (keys: readonly DataKey[]) => keys.map(({ id }) => id);

    it('makes keys of 32 bytes, each another', async () => {
      const keys = await ring.allocate(100);
      expect(keys).toHaveLength(100);
      expect(new Set(idsOf(keys)).size).toBe(100);
      expect(new Set(keys.map(({ key }) => key.toString('hex'))).size).toBe(100);
      expect(keys.every(({ key }) => key.length === 32)).toBe(true);
    });

    it('loads what it made, also when opened again', async () => {
      const keys = await ring.allocate(3);
      for (const again of [false, true]) {
        if (again) await reopen();
        const loaded = await ring.load(idsOf(keys));
        expect(loaded.size).toBe(3);
        for (const { id, key } of keys) expect(loaded.get(id)?.key.equals(key)).toBe(true);
      }
    });

    it('loads thousands of keys at a time', async () => {
      const keys = await ring.allocate(3_000);
      expect((await ring.load(idsOf(keys))).size).toBe(3_000);
    });

    it('leaves out ids that it does not know', async () => {
      const [key] = await ring.allocate(1);
      const loaded = await ring.load([randomUUID(), key?.id as string]);
      expect([...loaded.keys()]).toEqual([key?.id]);
      expect((await ring.load([])).size).toBe(0);
    });

    it('makes no key when none is asked for', async () => {
      expect(await ring.allocate(0)).toEqual([]);
    });

    it('deletes for ever, and only what is named', async () => {
      const keys = await ring.allocate(4);
      const [first, second, ...kept] = idsOf(keys) as [string, string, ...string[]];
      await ring.delete([first, second, randomUUID()]);
      await ring.delete([first]);
      for (const again of [false, true]) {
        if (again) await reopen();
        expect([...(await ring.load(idsOf(keys))).keys()].sort()).toEqual([...kept].sort());
      }
    });

    it('keeps one secret for hashes, however often and at once it is asked', async () => {
      const secrets = await Promise.all([ring.hashSecret(), ring.hashSecret(), ring.hashSecret()]);
      expect(secrets[0]?.length).toBe(32);
      await reopen();
      for (const secret of [...secrets, await ring.hashSecret()]) {
        expect(secret.equals(secrets[0] as Buffer)).toBe(true);
      }
    });

    it('keeps another secret in another ring', async () => {
      const other = await open();
      expect((await other.ring.hashSecret()).equals(await ring.hashSecret())).toBe(false);
      await other.ring.close();
      await other.cleanup();
    });

    it('gives all its keys, each once', async () => {
      const keys = await ring.allocate(2_500);
      await ring.delete([keys[7]?.id as string]);
      const found: string[] = [];
      for await (const batch of ring.all()) found.push(...idsOf(batch));
      expect(found.sort()).toEqual(idsOf(keys.filter((_, index) => index !== 7)).sort());
    });

    it('takes keys of another ring as they are, and keeps its own', async () => {
      const other = await open();
      const theirs = await other.ring.allocate(3);
      const [own] = await ring.allocate(1);
      await ring.adopt(theirs.slice(0, 1));
      await ring.adopt([...theirs, { id: own?.id as string, key: Buffer.alloc(32, 1) }]);
      await ring.adopt([]);
      const later = await ring.allocate(1);
      await reopen();
      for (const { id, key } of [...theirs, ...later, ...(own ? [own] : [])]) {
        expect((await ring.load([id])).get(id)?.key.equals(key)).toBe(true);
      }
      await other.ring.close();
      await other.cleanup();
    });

    it('becomes a copy of another ring by its secret, which a ring with one of its own refuses', async () => {
      const secret = await ring.hashSecret();
      const copy = await open({ secret });
      expect((await copy.ring.hashSecret()).equals(secret)).toBe(true);
      await copy.ring.close();
      const again = await copy.reopen({ secret });
      await again.close();
      const another = { secret: Buffer.alloc(32, 7) };
      await expect(copy.reopen(another)).rejects.toMatchObject({ name: 'ForeignKeyRing' });
      expect((await copy.reopen()).close()).toBeDefined();
      await copy.cleanup();
    });

    it('refuses everything once closed, and can be closed again', async () => {
      await ring.close();
      await ring.close();
      const calls = [ring.allocate(1), ring.load([]), ring.delete([]), ring.hashSecret()];
      for (const outcome of await Promise.allSettled(calls)) {
        expect(outcome).toMatchObject({ reason: { name: 'StoreUnavailable' } });
      }
    });
  });
}
