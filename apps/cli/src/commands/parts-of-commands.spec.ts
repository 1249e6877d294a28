import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_EVENTS } from '#crm';
import { noteServer, readServerNote } from '../../../api/src/server-file.js';
import { describeProgress, progressLine } from '../progress-line.js';
import { described } from './duplicates.command.js';
import { mappingOf } from './import-mapping.js';
import { withoutPersonalParts } from './personal-parts.js';

const DEFINITIONS = new Map(ALL_EVENTS.map((definition) => [definition.type, definition]));

describe('an event without its personal parts', () => {
  it('keeps what is not about a person', () => {
    const fields = { givenName: 'Khương', email: 'k@example.vn', source: 'Website' };
    const data = { fields, custom: { budget: 1 }, tags: ['VIP'] };
    expect(withoutPersonalParts({ type: 'LeadCaptured', data }, DEFINITIONS).data).toEqual({
      fields: { source: 'Website' },
      tags: ['VIP'],
    });
  });

  it('tells which fields were edited, and of personal ones no value', () => {
    const changes = [
      { field: 'email', from: 'a@example.vn', to: 'b@example.vn' },
      { field: 'custom.budget', to: 2 },
      { field: 'source', to: 'Zalo' },
    ];
    const told = withoutPersonalParts({ type: 'LeadEdited', data: { changes } }, DEFINITIONS);
    expect(told.data).toEqual({
      changes: [{ field: 'email' }, { field: 'custom.budget' }, { field: 'source', to: 'Zalo' }],
    });
  });

  it('of a type that is not known says nothing', () => {
    const told = withoutPersonalParts(
      { type: 'Strange', data: { name: 'An' }, position: 7 },
      DEFINITIONS,
    );
    expect(told).toEqual({ type: 'Strange', data: {}, position: 7 });
  });
});

it('what a version gains and loses is told in numbers, and by kinds of keys without their values', () => {
  const none = { strong: 0, weak: 0, kinds: new Map(), samples: [] };
  const ids = ['a', 'b'] as const;
  const keys = ['name:nguyễn an', '~name:nguyen an'];
  const gained = {
    ...{ strong: 1_200, weak: 3, kinds: new Map([['name' as const, 1_203]]) },
    samples: [{ type: 'lead' as const, ids, keys }],
  };
  const text = described({ position: 9, gained, lost: none, strengthened: 0, weakened: 2 });
  expect(text.split('\n').slice(1)).toEqual([
    '  1,203 gained: 1,200 strong, 3 weak (name 1,203)',
    '    lead a b by name, weak name',
    '  0 lost: 0 strong, 0 weak',
    '  0 from weak to strong, 2 from strong to weak',
    '',
  ]);
});

describe('a mapping by flags', () => {
  const files: Readonly<Record<string, string>> = {
    'fields.json': '{"email": "E-Mail", "phones": {"column": "Tel", "separator": "/"}}',
    'whole.json': '{"mapping": {"email": "E-Mail"}, "options": {"dateFormat": "d/M/yyyy"}}',
    'list.json': '[]',
  };
  const read = async (path: string) => files[path] ?? Promise.reject(new Error('none'));

  it('names columns, constants and options', async () => {
    const flags = { map: ['email=E-Mail', 'custom.x=A=B'], set: ['source=Hội chợ'], key: 'email' };
    expect(await mappingOf(flags, read)).toEqual({
      mapping: {
        email: { column: 'E-Mail' },
        'custom.x': { column: 'A=B' },
        source: { value: 'Hội chợ' },
      },
      options: { key: 'email' },
    });
  });

  it('reads files of fields, or of mapping and options, and flags come over them', async () => {
    expect((await mappingOf({ map: ['fields.json', 'email=Mail'] }, read)).mapping).toEqual({
      email: { column: 'Mail' },
      phones: { column: 'Tel', separator: '/' },
    });
    const whole = await mappingOf({ map: ['whole.json'], timeZone: 'UTC' }, read);
    expect(whole.options).toEqual({ dateFormat: 'd/M/yyyy', timeZone: 'UTC' });
  });

  it.each(['nowhere.json', 'list.json', '=x', 'x='])('refuses %s as given wrongly', async (map) => {
    await expect(mappingOf({ map: [map] }, read)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('is left to the file’s headers when nothing is given', async () => {
    expect(await mappingOf({}, read)).toEqual({ options: {} });
  });
});

describe('a progress line', () => {
  it('is written over where somebody watches', () => {
    let text = '';
    const line = progressLine({ isTTY: true, write: (more: string) => (text += more) });
    line.update('a long one');
    line.update('short');
    line.end();
    expect(text).toBe('\ra long one\rshort     \n');
  });

  it('is a plain line now and then where nobody does', () => {
    let text = '';
    let now = 0;
    const line = progressLine({ write: (more: string) => (text += more) }, () => now);
    for (; now < 11_000; now += 1_000) line.update(`${now}`);
    line.end('done');
    expect(text).toBe('0\n5000\n10000\ndone\n');
  });

  it('tells share, rate and what is left', () => {
    expect(describeProgress(4_100, 8_800, 1_610.4, 2.9)).toBe(
      '4,100 of 8,800 (46 %), 1,610/s, 3 s left',
    );
    expect(describeProgress(0, 0, undefined, undefined)).toBe('0 of 0');
  });
});

describe('a server’s note', () => {
  const folder = mkdtempSync(join(tmpdir(), 'server notes '));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is found while the server lives, and taken away by it', async () => {
    expect(await readServerNote(folder)).toBeUndefined();
    const takeAway = await noteServer(folder, 'http://127.0.0.1:1');
    expect(await readServerNote(folder)).toEqual({ url: 'http://127.0.0.1:1', pid: process.pid });
    await takeAway();
    expect(await readServerNote(folder)).toBeUndefined();
  });

  it.each(['', 'x', '{}', '{"url": "http://127.0.0.1:1", "pid": 2147483647}'])(
    'of nobody is none: %s',
    async (content) => {
      writeFileSync(join(folder, 'server.json'), content);
      expect(await readServerNote(folder)).toBeUndefined();
    },
  );
});
