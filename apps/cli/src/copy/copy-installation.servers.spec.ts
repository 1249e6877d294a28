import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#platform';
import { entriesOf, member } from '../../../../test/support/client.js';
import { type StandIn, startStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';
import { startApi } from '../../../../test/support/start-api.js';
import {
  type Installation,
  openFolderInstallation,
  openServersInstallation,
} from '../../../api/src/composition/open-installation.js';
import { apiClient } from '../connection/api-client.js';
import { runDemo } from '../demo/run-demo.js';
import { keepAdminToken } from './admin-token.js';
import { copyInstallation } from './copy-installation.js';
import { type Place, placeOf } from './place.js';

const SILENT = { update: () => undefined, end: () => undefined };
const NEVER = new AbortController().signal;
const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'copy '));
  folders.push(folder);
  return folder;
}

let standIn: StandIn | undefined;
let eventStoreUrl: string;
let database: TestDatabase;
/** A folder that was lived in. */
let source: string;
/** A lead of it whose key is gone. */
let erasedId: string;

beforeAll(async () => {
  standIn = process.env.EVENTSTORE_URL ? undefined : await startStandIn({ graceMs: 10 });
  eventStoreUrl = process.env.EVENTSTORE_URL ?? standIn?.url ?? '';
  source = newFolder();
  const api = await startApi({ folder: source });
  await runDemo(apiClient(api.url, api.admin.token ?? ''), { seed: 3, count: 60 }, SILENT);
  const lead = await api.admin.post('/v1/leads', { givenName: 'Khương', email: 'k@example.vn' });
  const id = member(lead.expect(201), 'id');
  const content = Buffer.alloc(300_000, 'báo giá ').toString('base64');
  const attachments = [{ name: 'Báo giá.pdf', mediaType: 'application/pdf', content }];
  (await api.admin.post(`/v1/leads/${id}/notes`, { text: 'Gửi báo giá', attachments })).expect(201);
  const { log } = api.ledger.stores;
  const erased = await api.admin.post('/v1/leads', { givenName: 'Người Đã Xoá' });
  erasedId = member(erased.expect(201), 'id');
  const { keyId = '' } = await log.readStream({ stream: `lead-${erasedId}` });
  await log.erase([keyId]);
  await api.stop({ keep: true });
}, 120_000);
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await standIn?.stop();
});
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.drop());

/** Streams and a database of a test's own. */
function servers(): Extract<Place, { kind: 'servers' }> {
  const place = placeOf('servers', {
    EVENTSTORE_URL: eventStoreUrl,
    EVENTSTORE_PREFIX: `copy.${randomBytes(6).toString('hex')}.`,
    MONGODB_URL: database.url,
    LEADLEDGER_DATA: newFolder(),
  });
  if (place.kind !== 'servers') throw new Error('These are no servers.');
  return place;
}

async function copied(from: () => Promise<Installation>, to: () => Promise<Installation>) {
  const [one, other] = [await from(), await to()];
  try {
    return await copyInstallation(one, other, SILENT, NEVER);
  } finally {
    await other.close();
    await one.close();
  }
}

const folder = (path: string, make: boolean) => () => openFolderInstallation(path, make);

/** What a folder's log holds, positions included: in a folder they count events. */
async function contents(path: string) {
  const opened = await openFolderInstallation(path, false);
  const events = await opened.events.readAll({ limit: 100_000 });
  await opened.close();
  return events;
}

/** The same stores, which are gone after so many appends. */
function breaking(installation: Installation, after: number): Installation {
  let left = after;
  const { target } = installation;
  return {
    ...installation,
    target: {
      readAll: target.readAll,
      async appendInOrder(appends) {
        for (const append of appends) {
          left -= 1;
          if (left < 0) throw new Error('Cut off.');
          await target.appendInOrder([append]);
        }
      },
    },
  };
}

describe('A lived-in folder', () => {
  it('goes to the servers and back, and is the same, though the copy broke off again and again', async () => {
    const there = servers();
    const open = () => openServersInstallation(there.config);
    for (const after of [0, 1, 17, 150]) {
      const broken = async () => breaking(await open(), after);
      await expect(copied(folder(source, false), broken)).rejects.toThrow('Cut off.');
    }
    const original = await contents(source);
    const out = await copied(folder(source, false), open);
    expect(out).toMatchObject({ events: original.length, files: 1 });
    expect(out.before).toBeGreaterThan(150);
    expect(out.documents).toBeGreaterThan(60);

    const back = newFolder();
    const brokenBack = async () => breaking(await openFolderInstallation(back, true), 40);
    await expect(copied(open, brokenBack)).rejects.toThrow('Cut off.');
    const home = await copied(open, folder(back, true));
    expect(home).toMatchObject({ events: original.length, keys: out.keys, files: 1 });
    expect(home.before).toBeGreaterThanOrEqual(40);
    expect(await contents(back)).toEqual(original);
    // Once more changes nothing.
    expect(await copied(open, folder(back, true))).toMatchObject({ before: original.length });
  }, 120_000);

  it('serves from the servers as it did from the folder', async () => {
    const there = servers();
    await copied(folder(source, false), () => openServersInstallation(there.config));
    const asked = async (options: Parameters<typeof startApi>[0]) => {
      const api = await startApi(options);
      const { items } = (
        await api.admin.get(`/v1/leads?limit=200&sort=createdAt&after=${await api.head()}`)
      ).expect(200);
      const leads = entriesOf(items);
      // The folder's read models are older than the erasure.
      const others = leads.filter((lead) => String(lead.id) !== erasedId);
      const id = String(leads.find(({ givenName }) => givenName === 'Khương')?.id);
      const timeline = (await api.admin.get(`/v1/leads/${id}/timeline`)).expect(200);
      await api.stop({ keep: true });
      return JSON.parse(
        JSON.stringify([others, timeline.items], (key, value) =>
          key === 'position' ? undefined : value,
        ),
      );
    };
    const { eventStoreUrl: url, eventStorePrefix, mongoUrl } = there.config;
    const config = { eventStoreUrl: url ?? '', eventStorePrefix: eventStorePrefix ?? '', mongoUrl };
    const before = await asked({ folder: source });
    expect(await asked({ folder: there.folder, config })).toEqual(before);
  }, 120_000);

  it('is refused by servers that hold another installation, which stay as they are', async () => {
    const there = servers();
    const other = newFolder();
    await (await startApi({ folder: other })).stop({ keep: true });
    const open = () => openServersInstallation(there.config);
    await copied(folder(other, false), open);
    const count = async () => {
      const opened = await open();
      const { length } = await opened.events.readAll({ limit: 1_000 });
      await opened.close();
      return length;
    };
    const held = await count();
    await expect(copied(folder(source, false), open)).rejects.toMatchObject({ name: 'LogsDiffer' });
    expect(await count()).toBe(held);
  });

  it('keeps a token for the admin of the copy, beside that of the source', async () => {
    const back = newFolder();
    const opened = await openFolderInstallation(source, false);
    const target = await openFolderInstallation(back, true);
    const { targetKeys } = await copyInstallation(opened, target, SILENT, NEVER);
    const file = await keepAdminToken(placeOf(back, {}), target.events, targetKeys);
    expect(await keepAdminToken(placeOf(back, {}), target.events, targetKeys)).toBe(file);
    await target.close();
    await opened.close();
    const api = await startApi({
      folder: back,
      config: readConfig({ LEADLEDGER_DATA: back, LEADLEDGER_PORT: '0' }),
    });
    const token = readFileSync(file ?? '', 'utf8').trim();
    const answer = await fetch(`${api.url}/v1/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    await api.stop({ keep: true });
  });
});
