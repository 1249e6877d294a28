import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportMapping, ImportOptions, RecordType, Uuid } from '#crm';
import { type EventStore, StoreUnavailable } from '#event-store';
import { openFolderUploads } from '#file-store';
import { envelope, openWorkshop, type Workshop } from '../../test/workshop.js';
import { createImports, type Imports, type ImportsOptions } from './imports.js';

const ME = { userId: envelope().authority.actor.id, all: false };
let folder: string;
let workshop: Workshop;
let storeFails = 0;
let active = true;

const failing = (store: EventStore): EventStore =>
  new Proxy(store, {
    get(target, name) {
      if (name === 'append' && storeFails > 0) {
        storeFails -= 1;
        return () => Promise.reject(new StoreUnavailable('of a test'));
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'imports '));
  storeFails = 0;
  active = true;
  workshop = await openWorkshop({ wrap: failing });
});
afterEach(async () => {
  await workshop.close();
  rmSync(folder, { recursive: true });
});

/** A process's worth of imports on the one log and folder. */
function opened(part: Partial<ImportsOptions> = {}): Imports {
  const { executor, records } = workshop.hire();
  return createImports({
    ...{ log: workshop.log, executor, records, settings: workshop.settings },
    uploads: openFolderUploads(folder),
    people: { isActiveUser: () => true, isTeam: () => true },
    duplicates: { catchUp: async () => undefined, find: async () => [] },
    names: async () => ({ user: () => undefined, team: () => undefined }),
    authorityOf: () => (active ? envelope().authority : undefined),
    now: () => new Date().toISOString(),
    failed: () => undefined,
    retryMs: 20,
    ...part,
  });
}

interface Given {
  readonly content: string;
  readonly mapping?: ImportMapping;
  readonly options?: ImportOptions;
  readonly recordType?: RecordType;
}

async function begun(imports: Imports, given: Given): Promise<Uuid> {
  const { content, recordType = 'lead', options = {}, mapping } = given;
  const asked = { recordType, options, ...(mapping && { mapping }) };
  const { id } = await imports.request(asked, envelope());
  await imports.start(id, Readable.from([Buffer.from(content)]), ME, envelope());
  return id;
}

async function ended(imports: Imports, id: Uuid) {
  for (;;) {
    const { state } = await imports.get(id, ME);
    if (state.status !== 'running') return state;
    await pause(5);
  }
}

async function imported(given: Given) {
  const imports = opened();
  const state = await ended(imports, await begun(imports, given));
  await imports.stop();
  return state;
}

const leads = (count: number) =>
  ['externalId,givenName', ...Array.from({ length: count }, (_, n) => `L${n},An ${n}`)].join('\n');
const names = async () => (await workshop.all('lead')).map(({ fields }) => fields.givenName).sort();

describe('an import of rows', () => {
  it('captures each, as the importer, and throws the file away', async () => {
    const state = await imported({ content: leads(150) });
    expect(state).toMatchObject({ status: 'done', rows: 150, counts: { created: 150, failed: 0 } });
    const all = await workshop.all('lead');
    expect(all).toHaveLength(150);
    expect(new Set(all.map(({ createdBy }) => createdBy))).toEqual(new Set([ME.userId]));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('made twice is made once', async () => {
    await imported({ content: leads(20) });
    const head = await workshop.log.head();
    const again = await imported({ content: `${leads(20)}\n` });
    expect(again.counts).toMatchObject({ created: 0, unchanged: 20, differs: 0 });
    const events = await workshop.log.readAll({ from: head + 1, limit: 100 });
    expect(events.every(({ stream }) => stream.startsWith('import-'))).toBe(true);
  });

  it('without a key goes by content: equal rows are as many records, and stay so', async () => {
    const content = 'givenName\nAn\nAn\nBình\nAn\n';
    expect((await imported({ content })).counts).toMatchObject({ created: 4 });
    const longer = `${content}An\n`;
    expect((await imported({ content: longer })).counts).toMatchObject({
      created: 1,
      unchanged: 4,
    });
    expect(await names()).toEqual(['An', 'An', 'An', 'An', 'Bình']);
  });

  it('tells when a record is there with another content, and updates it when told to', async () => {
    await imported({ content: 'externalId,givenName,jobTitle\n1,An,Kế toán\n2,Bình,\n' });
    const content = 'externalId,givenName,jobTitle\n1,Ân,\n2,Bình,\n';
    const reported = await imported({ content });
    expect(reported.counts).toMatchObject({ differs: 1, unchanged: 1, created: 0, updated: 0 });
    expect(await names()).toEqual(['An', 'Bình']);
    const options = { onExisting: 'update' } as const;
    const dry = await imported({ content, options: { ...options, dryRun: true } });
    expect(dry.counts).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await names()).toEqual(['An', 'Bình']);
    const updated = await imported({ content, options });
    expect(updated.counts).toMatchObject({ updated: 1, unchanged: 1 });
    const [first] = (await workshop.all('lead')).filter(({ fields }) => fields.externalId === '1');
    expect(first?.fields).toMatchObject({ givenName: 'Ân', jobTitle: 'Kế toán' });
    expect((await imported({ content, options })).counts).toMatchObject({
      updated: 0,
      unchanged: 2,
    });
  });

  it.each([
    ['report', 'An', { created: 1, unchanged: 1, differs: 2, updated: 0 }],
    ['update', 'Chi', { created: 1, unchanged: 1, differs: 0, updated: 2 }],
  ] as const)(
    'takes rows of one key in their order, in a dry run too (%s)',
    async (onExisting, givenName, counts) => {
      const rows = ['An,E1', 'An,E1', 'Bình,E1', 'Chi,E1'];
      const content = `givenName,externalId\n${rows.join('\n')}\n`;
      const rehearsed = await imported({ content, options: { onExisting, dryRun: true } });
      expect(rehearsed.counts).toMatchObject({ ...counts, failed: 0 });
      const done = await imported({ content, options: { onExisting } });
      expect(done.counts).toMatchObject({ ...counts, failed: 0 });
      expect(await workshop.all('lead')).toMatchObject([{ fields: { givenName } }]);
    },
  );

  it('names each row that is wrong by line, column and field, and carries out the others', async () => {
    const content = [
      'givenName,email,organisation',
      'An,an@example.vn,"Công ty\nhai dòng"',
      'Bình,no mail,',
      ',,',
      '',
      'Chi,chi@example.vn',
      'Dung,dung@example.vn,FPT',
    ].join('\r\n');
    const imports = opened();
    const id = await begun(imports, { content });
    const { counts } = await ended(imports, id);
    expect(counts).toMatchObject({ created: 1, failed: 3, skipped: 1 });
    const { items } = await imports.issues(id, 'error', { limit: 10 }, ME);
    expect(items.map(({ line, column, field, code }) => [line, column, field, code])).toEqual([
      [2, 'organisation', 'organisation', 'control_character'],
      [4, 'email', 'email', 'invalid_email'],
      [7, undefined, undefined, 'cell_count'],
    ]);
    expect(JSON.stringify(items)).not.toMatch(/no mail|hai dòng|Chi/);
  });

  it('pages through what is wrong', async () => {
    const imports = opened();
    const content = ['email', ...Array.from({ length: 25 }, (_, n) => `wrong ${n}`)].join('\n');
    const id = await begun(imports, { content });
    await ended(imports, id);
    const lines: number[] = [];
    for (let cursor: string | undefined = '0.0'; cursor !== undefined; ) {
      const page = await imports.issues(id, 'error', { limit: 10, cursor }, ME);
      lines.push(...page.items.map(({ line }) => line));
      cursor = page.next;
    }
    expect(lines).toEqual(Array.from({ length: 25 }, (_, n) => n + 2));
    const odd = imports.issues(id, 'error', { limit: 10, cursor: 'x' }, ME);
    await expect(odd).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('names rows that look like earlier ones, and leaves them out when told to', async () => {
    const content = 'givenName,email\nAn,an@example.vn\nBình,AN@example.vn\nChi,bad\nDu,bad@x.vn\n';
    const options = { skipDuplicates: true };
    const imports = opened();
    const id = await begun(imports, { content, options });
    expect((await ended(imports, id)).counts).toMatchObject({
      ...{ created: 2, skipped: 1, failed: 1, duplicates: 1 },
    });
    const { items } = await imports.issues(id, 'duplicate', { limit: 10 }, ME);
    expect(items).toMatchObject([{ line: 3, keys: ['email'], lines: [2] }]);
    expect((await imported({ content })).counts).toMatchObject({ created: 1, unchanged: 2 });
  });

  it('in a dry run checks everything and records nothing of it', async () => {
    const head = await workshop.log.head();
    const state = await imported({ content: `${leads(5)}\nL9,"a\nb"`, options: { dryRun: true } });
    expect(state.counts).toMatchObject({ created: 5, failed: 1 });
    const events = await workshop.log.readAll({ from: head + 1, limit: 100 });
    expect(new Set(events.map(({ stream }) => stream))).toEqual(new Set([`import-${state.id}`]));
  });
});

describe('an import that is broken off', () => {
  it('goes on in the next process where it was, and doubles nothing', async () => {
    const first = opened({ now: () => new Date().toISOString() });
    const id = await begun(first, { content: leads(600) });
    while ((await first.get(id, ME)).state.rows < 100) await pause(2);
    await first.stop();
    const stopped = (await opened().get(id, ME)).state;
    expect(stopped.status).toBe('running');
    expect(stopped.rows).toBeLessThan(600);
    const second = opened();
    await second.resume();
    const state = await ended(second, id);
    expect(state).toMatchObject({ status: 'done', rows: 600, counts: { created: 600 } });
    expect(await workshop.all('lead')).toHaveLength(600);
  });

  it('that was killed after its last report finds what it did since', async () => {
    const first = opened();
    const id = await begun(first, { content: leads(300) });
    while ((await workshop.log.readAll({ limit: 500, prefixes: ['lead-'] })).length < 100) {
      await pause(2);
    }
    // Another process takes over while the first still writes: as if it had not noticed that it is dead.
    const second = opened();
    await second.resume();
    const state = await ended(second, id);
    await first.stop();
    expect(state.status).toBe('done');
    expect(state.counts.created + state.counts.unchanged).toBe(300);
    expect(await workshop.all('lead')).toHaveLength(300);
  });

  it('by a store that does not answer for a while is not stopped by it', async () => {
    const imports = opened();
    const id = await begun(imports, { content: leads(100) });
    storeFails = 5;
    expect(await ended(imports, id)).toMatchObject({ status: 'done', counts: { created: 100 } });
  });

  it('by its cancellation stays so, with what it did', async () => {
    const imports = opened();
    const id = await begun(imports, { content: leads(3_000) });
    while ((await imports.get(id, ME)).state.rows < 50) await pause(2);
    await imports.cancel(id, ME, envelope());
    const { state } = await imports.get(id, ME);
    expect(state.status).toBe('cancelled');
    const count = (await workshop.all('lead')).length;
    await pause(50);
    expect(await workshop.all('lead')).toHaveLength(count);
    expect(readdirSync(folder)).toEqual([]);
    await opened().resume();
  });

  it('for good, when its importer is gone or its file', async () => {
    const first = opened();
    const id = await begun(first, { content: leads(2_000) });
    active = false;
    const failure = { code: 'importer_not_active' };
    expect(await ended(first, id)).toMatchObject({ status: 'failed', failure });
    active = true;
    const second = opened();
    const other = await begun(second, { content: leads(2_000).replaceAll('L', 'M') });
    await second.stop();
    for (const file of readdirSync(folder)) rmSync(join(folder, file));
    const third = opened();
    await third.resume();
    const lost = { code: 'file_missing' };
    expect(await ended(third, other)).toMatchObject({ status: 'failed', failure: lost });
  });
});

it('throws away what a killed process left of files', async () => {
  writeFileSync(join(folder, 'of-nobody.csv'), 'x');
  writeFileSync(join(folder, 'of-nobody.1.part'), 'x');
  const imports = opened();
  const { id } = await imports.request({ recordType: 'lead', options: {} }, envelope());
  await imports.resume();
  expect(readdirSync(folder)).toEqual([]);
  expect((await imports.get(id, ME)).state.status).toBe('waiting');
});

describe('the file of an import', () => {
  const start = (imports: Imports, id: Uuid, content: string) =>
    imports.start(id, Readable.from([Buffer.from(content)]), ME, envelope());

  it('that does not fit is refused, and another may follow', async () => {
    const imports = opened();
    const mapping = { email: { column: 'Mail' } };
    const { id } = await imports.request({ recordType: 'lead', mapping, options: {} }, envelope());
    await expect(start(imports, id, 'E-Mail\na@b.vn')).rejects.toMatchObject({
      code: 'unknown_column',
      errors: [{ path: 'mapping.email' }],
    });
    await expect(start(imports, id, 'Mail\n"a@b.vn')).rejects.toMatchObject({
      code: 'quote_not_closed',
      facts: { line: 2 },
    });
    expect(readdirSync(folder)).toEqual([]);
    await start(imports, id, 'Mail\na@b.vn');
    expect((await ended(imports, id)).counts.created).toBe(1);
    await start(imports, id, 'Mail\na@b.vn');
    await expect(start(imports, id, 'Mail\nc@d.vn')).rejects.toMatchObject({ code: 'import_done' });
  });

  it('whose headers say nothing needs a mapping', async () => {
    const imports = opened();
    const { id } = await imports.request({ recordType: 'lead', options: {} }, envelope());
    await expect(start(imports, id, 'x,y\n1,2')).rejects.toMatchObject({
      code: 'nothing_mapped',
      facts: { columns: ['x', 'y'] },
    });
  });

  it('that breaks off on its way leaves nothing behind', async () => {
    const imports = opened();
    const { id } = await imports.request({ recordType: 'lead', options: {} }, envelope());
    async function* broken() {
      yield Buffer.from('email\n');
      throw new Error('The connection broke.');
    }
    await expect(imports.start(id, broken(), ME, envelope())).rejects.toThrow('broke');
    expect(readdirSync(folder)).toEqual([]);
    expect((await imports.get(id, ME)).state.status).toBe('waiting');
  });

  it('is nobody else’s business', async () => {
    const imports = opened();
    const id = await begun(imports, { content: leads(1) });
    const other = { userId: 'x', all: false };
    await expect(imports.get(id, other)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await imports.list(other)).toEqual([]);
    expect((await imports.list({ ...other, all: true })).map(({ state }) => state.id)).toEqual([
      id,
    ]);
    await ended(imports, id);
  });
});
