import type { Logged } from '#event-store';
import { openEmbeddedReadStore } from '#read-store';
import { ALL_PROJECTIONS } from '../all-projections.js';
import { openStores, type TestStores } from '../support/open-stores.js';
import { appendHistory } from '../support/random-history.js';
import { compareReadModels, type Folding } from './compare-read-models.js';

const STEPS = Array.from({ length: 40 }, (_, n) => ({ kind: n % 8, record: n % 4, n }));

/** The log as another store has it: with positions of its own. */
function elsewhere({ log }: TestStores, change = (event: Logged): Logged => event): Folding['log'] {
  const positionOf = (position: number) => position * 713 + 12;
  return {
    async readAll({ from, ...read }) {
      const start = from === undefined ? {} : { from: (from - 12) / 713 };
      const events = await log.readAll({ ...read, ...start });
      return events.map((event) =>
        change({ ...event, position: positionOf(event.position) } as Logged),
      );
    },
  };
}

async function compared(stores: TestStores, change?: (event: Logged) => Logged) {
  const scratches = [openEmbeddedReadStore({}), openEmbeddedReadStore({})] as const;
  const result = await compareReadModels({
    source: { log: stores.log, scratch: scratches[0] },
    target: { log: elsewhere(stores, change), scratch: scratches[1] },
    projections: ALL_PROJECTIONS,
  });
  for (const scratch of scratches) await scratch.close();
  return result;
}

describe('Read models of two logs', () => {
  it('are equal when the events are, whatever their positions', async () => {
    const stores = await openStores();
    await appendHistory(stores, STEPS);
    const { documents, differences } = await compared(stores);
    expect(differences).toEqual([]);
    expect(documents).toBeGreaterThan(4);
    await stores.close();
  });

  it('differ where an event opens to something else', async () => {
    const stores = await openStores();
    await appendHistory(stores, STEPS);
    const [first] = await stores.log.readAll({ limit: 1, prefixes: ['lead-'] });
    const erased = (event: Logged): Logged =>
      event.id === first?.id ? { ...event, data: { fields: {} } } : event;
    const { differences } = await compared(stores, erased);
    expect(differences.length).toBeGreaterThan(0);
    await stores.close();
  });
});
