import { describeAgreement } from '../contract/answers-agree.js';
import type { ReadStore } from '../read-store.port.js';
import { openEmbeddedReadStore } from './open-embedded-read-store.js';

describe('the embedded read store', () => {
  let store: ReadStore;
  beforeAll(() => {
    store = openEmbeddedReadStore({});
  });
  afterAll(() => store.close());
  describeAgreement(() => store);
});
