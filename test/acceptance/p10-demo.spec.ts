import { apiClient } from '../../apps/cli/src/connection/api-client.js';
import { runDemo } from '../../apps/cli/src/demo/run-demo.js';
import { entriesOf } from '../support/client.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const SILENT = { update: () => undefined, end: () => undefined };
const demo = () =>
  runDemo(apiClient(api.url, api.admin.token ?? ''), { seed: 3, count: 60 }, SILENT);

describe('the demo', () => {
  it('captures its leads, cares for them and converts some, as people of three teams', async () => {
    const { counts, newEvents } = await demo();
    expect(newEvents).toBe(true);
    expect(counts.leads).toBe(60);
    expect(Math.min(counts.stages, counts.notes, counts.activities, counts.lost)).toBeGreaterThan(
      0,
    );
    const query = `filter=${encodeURIComponent('{"converted":true}')}&after=${await api.head()}`;
    const { items } = (await api.admin.get(`/v1/leads?limit=200&${query}`)).expect(200);
    expect(entriesOf(items)).toHaveLength(counts.conversions);
    const events = await api.ledger.stores.log.readAll({ limit: 10_000, prefixes: ['lead-'] });
    expect(new Set(events.map(({ metadata }) => metadata.actor.id)).size).toBe(4);
  });

  it('run again changes nothing', async () => {
    const head = await api.head();
    const { counts, newEvents } = await demo();
    expect([newEvents, counts.leads]).toEqual([false, 60]);
    expect(await api.head()).toBe(head);
  });
});
