import { describeAgreement } from './contract/answers-agree.js';
import { describeCaseless } from './contract/caseless.js';
import { describeCollections } from './contract/collections-come-and-go.js';
import { describeFilters } from './contract/filters.js';
import { describeLookUps } from './contract/look-ups.js';
import { describePages } from './contract/pages.js';
import { describeWrites } from './contract/writes.js';
import type { ReadStore } from './read-store.port.js';

/**
 * What every adapter of the port promises. Collections are named afresh, so that the store need not be empty.
 * @param open called once; the store is closed at the end
 */
export function describeReadStore(name: string, open: () => ReadStore | Promise<ReadStore>): void {
  describe(`${name} as a read store`, () => {
    let opened: ReadStore | undefined;
    const store = (): ReadStore => {
      if (opened === undefined) throw new Error('The store is not open yet.');
      return opened;
    };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    describeWrites(store);
    describeCollections(store);
    describePages(store);
    describeFilters(store);
    describeCaseless(store);
    describeLookUps(store);
    describe('answers', () => describeAgreement(store));
  });
}
