import { setTimeout as pause } from 'node:timers/promises';
import { freshCollection, idsOf, put, remove } from './contract/collections.js';
import { LeaseLost } from './errors.js';
import type { Lease, Leases } from './leases.port.js';
import type { ReadStore } from './read-store.port.js';

/** Leases under test, as two processes see them. */
export interface OpenedLeases {
  readonly ours: Leases;
  readonly theirs: Leases;
  /** The store that they fence. */
  readonly store: ReadStore;
  readonly cleanup: () => Promise<void>;
}

/** Long enough to be seen, short enough to be waited for. */
const TTL_MS = 150;
const FOR_EVER_MS = 600_000;

let made = 0;
const freshName = () => `lease-${process.pid}-${++made}`;

/** What every adapter of the leases port promises, and how its read store is fenced. */
export function describeLeases(name: string, open: () => Promise<OpenedLeases>): void {
  describe(`${name} for leases`, () => {
    let opened: OpenedLeases;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.cleanup());

    async function taken(leases: Leases, lease: string, holder: string): Promise<Lease> {
      const acquired = await leases.acquire(lease, holder, FOR_EVER_MS);
      if (!acquired) throw new Error(`${holder} did not get ${lease}.`);
      return acquired;
    }

    /** Ours is let go and theirs taken, as it is when a worker was paused beyond its time to live. */
    async function lostLease(): Promise<{ lost: Lease; held: Lease }> {
      const lease = freshName();
      const lost = await taken(opened.ours, lease, 'us');
      await opened.ours.release(lost);
      return { lost, held: await taken(opened.theirs, lease, 'them') };
    }

    it('gives a lease to one of many who ask at once', async () => {
      const lease = freshName();
      const asked = await Promise.all(
        Array.from({ length: 32 }, (_, n) =>
          (n % 2 === 0 ? opened.ours : opened.theirs).acquire(lease, `h${n}`, FOR_EVER_MS),
        ),
      );
      expect(asked.filter((acquired) => acquired !== undefined)).toHaveLength(1);
    });

    it('tells who holds what, and that it was renewed', async () => {
      const [held, free] = [freshName(), freshName()];
      const lease = await taken(opened.ours, held, 'us');
      await opened.ours.release(await taken(opened.ours, free, 'us'));
      const standing = async () => {
        const all = await opened.theirs.standing();
        return all.filter(({ name }) => [held, free].includes(name));
      };
      const [before] = (await standing()).filter(({ name }) => name === held);
      expect(await standing()).toContainEqual({
        name: free,
        holder: undefined,
        token: 1,
        renewals: 0,
      });
      await opened.ours.renew(lease);
      expect(before).toMatchObject({ holder: 'us', token: lease.token });
      const asked = await opened.theirs.standing([free, freshName()]);
      expect(asked.map(({ name }) => name)).toEqual([free]);
      expect(await standing()).toContainEqual({ ...before, renewals: (before?.renewals ?? 0) + 1 });
    });

    it('gives tokens that only grow, whoever takes the lease', async () => {
      const lease = freshName();
      const tokens: number[] = [];
      for (let n = 0; n < 6; n += 1) {
        const side = n % 2 === 0 ? opened.ours : opened.theirs;
        const acquired = await taken(side, lease, `h${n}`);
        tokens.push(acquired.token);
        // Its holder may take it again: it then has lost what it held.
        const again = await taken(side, lease, `h${n}`);
        tokens.push(again.token);
        expect(await side.renew(acquired)).toBe(false);
        await side.release(again);
      }
      expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
    });

    it('keeps a lease that is renewed, however long others ask', async () => {
      const lease = freshName();
      const held = await opened.ours.acquire(lease, 'us', TTL_MS);
      for (let n = 0; n < 12; n += 1) {
        expect(await opened.theirs.acquire(lease, 'them', TTL_MS)).toBeUndefined();
        await pause(TTL_MS / 5);
        expect(await opened.ours.renew(held as Lease)).toBe(true);
      }
    });

    it('gives a lease on that was seen unrenewed for its time to live', async () => {
      const lease = freshName();
      const lost = (await opened.ours.acquire(lease, 'us', TTL_MS)) as Lease;
      await pause(2 * TTL_MS);
      // They have only now begun to watch.
      expect(await opened.theirs.acquire(lease, 'them', TTL_MS)).toBeUndefined();
      await pause(TTL_MS + 20);
      const held = await opened.theirs.acquire(lease, 'them', TTL_MS);
      expect(held?.token).toBeGreaterThan(lost.token);
      expect(await opened.ours.renew(lost)).toBe(false);
      await opened.ours.release(lost);
      expect(await opened.theirs.renew(held as Lease)).toBe(true);
    });

    it('lets the next one in at once when it is let go', async () => {
      const { lost, held } = await lostLease();
      expect(held.token).toBeGreaterThan(lost.token);
      expect(await opened.ours.renew(lost)).toBe(false);
    });

    it('fences writes: what is written under a lost lease is refused whole', async () => {
      const { lost, held } = await lostLease();
      const leads = freshCollection();
      const checkpoint = freshName();
      const batch = {
        ahead: [put(leads, { id: 'row' }, 1)],
        writes: [put(leads, { id: 'a' }, 1)],
        decisions: [put(leads, { id: 'frozen' }, 1)],
        checkpoints: { [checkpoint]: 1 },
      };
      await expect(opened.store.write({ ...batch, fence: lost })).rejects.toThrow(LeaseLost);
      expect(await idsOf(opened.store, leads, {})).toEqual([]);
      expect((await opened.store.checkpoints([checkpoint])).get(checkpoint)).toBeUndefined();
      await opened.store.write({ ...batch, fence: held });
      expect(await idsOf(opened.store, leads, {})).toEqual(['a', 'frozen', 'row']);
      expect((await opened.store.checkpoints([checkpoint])).get(checkpoint)).toBe(1);
    });

    it('refuses writes under a lease that was let go and taken by nobody', async () => {
      const lease = await taken(opened.ours, freshName(), 'us');
      await opened.ours.release(lease);
      const empty = { writes: [], checkpoints: {}, fence: lease };
      await expect(opened.store.write(empty)).rejects.toThrow(LeaseLost);
    });

    it('writes decisions as guarded as everything else', async () => {
      const fence = await taken(opened.ours, freshName(), 'us');
      const frozen = freshCollection();
      const decide = (...decisions: ReturnType<typeof remove>[]) =>
        opened.store.write({ writes: [], decisions, checkpoints: {}, fence });
      await decide(put(frozen, { id: 'a', 'dotted.name': { $set: 1 } }, 4));
      await decide(remove(frozen, 'a', 5));
      await decide(put(frozen, { id: 'a' }, 5), put(frozen, { id: 'b' }, 6));
      expect(await idsOf(opened.store, frozen, {})).toEqual(['b']);
    });

    it('keeps a checkpoint forgotten that a worker without the lease would bring back', async () => {
      const { lost, held } = await lostLease();
      const name = freshName();
      await opened.store.write({ writes: [], checkpoints: { [name]: 7 }, fence: held });
      await opened.store.forget(name, held);
      expect((await opened.store.checkpoints([name])).get(name)).toBeUndefined();
      const late = { writes: [], checkpoints: { [name]: 7 }, fence: lost };
      await expect(opened.store.write(late)).rejects.toThrow(LeaseLost);
      await expect(opened.store.forget(name, lost)).rejects.toThrow(LeaseLost);
      expect((await opened.store.checkpoints([name])).get(name)).toBeUndefined();
      await opened.store.write({ writes: [], checkpoints: { [name]: 2 }, fence: held });
      expect((await opened.store.checkpoints([name])).get(name)).toBe(2);
    });

    it('drops nothing under a lost lease', async () => {
      const { lost, held } = await lostLease();
      const leads = freshCollection();
      await opened.store.ensure(leads);
      await expect(opened.store.drop(leads, lost)).rejects.toThrow(LeaseLost);
      expect(await opened.store.versions(leads.name)).toEqual([1]);
      await opened.store.drop(leads, held);
      expect(await opened.store.versions(leads.name)).toEqual([]);
    });
  });
}
