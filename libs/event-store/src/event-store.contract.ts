import { describeAppending } from './contract/appending.contract.js';
import { describeClosing } from './contract/closing.contract.js';
import { describeIdempotency } from './contract/idempotency.contract.js';
import { describeModel } from './contract/model.contract.js';
import { describeReading } from './contract/reading.contract.js';
import { describeRefusals } from './contract/refusals.contract.js';
import { describeSubscribing } from './contract/subscribing.contract.js';
import type { OpenedEventStore } from './contract/support.js';

/**
 * What every adapter of the event store port promises. The log may be shared with other events and positions may have gaps: each
 * test works in streams of its own.
 */
export function describeEventStore(name: string, open: () => Promise<OpenedEventStore>): void {
  describe(`Event store, ${name}`, () => {
    const opened = {} as { current: OpenedEventStore };
    beforeAll(async () => {
      opened.current = await open();
    });
    afterAll(async () => {
      await opened.current.store.close();
      await opened.current.cleanup();
    });
    const store = () => opened.current.store;

    describeAppending(store);
    describeIdempotency(store);
    describeRefusals(store);
    describeReading(store);
    describeSubscribing(store);
    describeModel(store);
    describeClosing(open);
  });
}
