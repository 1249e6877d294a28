import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import type { Delimiter } from '#crm';
import { ContentProblem } from './content-problem.js';
import { ContentScan } from './content-scan.js';
import { HashIndex } from './hash-index.js';
import { type CsvRow, readRows } from './read-rows.js';

function scan(content: Buffer | string, chunk = 1_000_000, delimiter?: Delimiter) {
  const bytes = Buffer.from(content);
  const looking = new ContentScan(delimiter);
  for (let at = 0; at < bytes.length; at += chunk) looking.update(bytes.subarray(at, at + chunk));
  return looking.finish();
}

async function rowsOf(content: string, delimiter: Delimiter = ','): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of readRows(Readable.from([Buffer.from(content)]), delimiter))
    rows.push(row);
  return rows;
}

function problemOf(content: Buffer | string, chunk?: number): readonly unknown[] {
  try {
    scan(content, chunk);
  } catch (error) {
    if (error instanceof ContentProblem) return [error.code, error.line];
    throw error;
  }
  return [];
}

describe('rows of a file', () => {
  it('have the line where they begin, whatever ends lines and whatever quotes hold', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = ['a,b', '1,"x', 'y"', '', '', '2,"say ""hi"""', '3,12" pipe', '"4",'];
      const rows = await rowsOf(lines.join(end));
      expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
        [1, 'a', 'b'],
        [2, '1', `x${end}y`],
        [6, '2', 'say "hi"'],
        [7, '3', '12" pipe'],
        [8, '4', ''],
      ]);
    }
  });

  it('begin behind a byte order mark', async () => {
    expect((await rowsOf('\uFEFFa;b\n1;2', ';')).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
});

describe('a look at a file as it arrives', () => {
  it('counts the same rows as are read later, however it is cut', async () => {
    const cell = fc.oneof(
      fc.constantFrom('', 'a', 'Nguyễn', '😀', 'x,y', 'say "hi"', 'two\nlines', 'and\r\nthree'),
      fc.string({ maxLength: 5 }).filter((text) => !text.includes('\0')),
    );
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 7 }), async (rows, chunk) => {
        const lines = rows.map((cells) => cells.map(quoted).join(','));
        const content = ['h1,h2', ...lines, ''].join('\r\n');
        const scanned = scan(content, chunk);
        const read = await rowsOf(content);
        expect(scanned.rows).toBe(rows.length);
        expect(read.slice(1).map(({ cells }) => cells)).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['a,b,c\n', ','],
    ['a;b;c\n', ';'],
    ['a\tb\n', '\t'],
    ['"x,y,z";b\n', ';'],
    ['one\n', ','],
    ['\uFEFFa;b', ';'],
  ])('finds the delimiter of %j', (content, delimiter) => {
    expect(scan(content, 2).delimiter).toBe(delimiter);
  });

  it.each([
    ['a file of nothing', '', ['empty_file', undefined]],
    ['a file of a byte order mark', '\uFEFF', ['empty_file', undefined]],
    ['a quote that is never closed', 'a,b\n1,2\n3,"4\n5,6\n', ['quote_not_closed', 3]],
    ['a zero', 'a,b\n1,\0', ['not_utf8', 2]],
  ])('refuses %s', (_, content, problem) => expect(problemOf(content)).toEqual(problem));

  it.each([1, 2, 3, 1_000])('names the line that is not UTF-8, in chunks of %d', (chunk) => {
    const latin1 = Buffer.from('tên\nAn\n', 'utf8');
    const content = Buffer.concat([latin1, Buffer.from('Nguy\xean,x\n', 'latin1')]);
    expect(problemOf(content, chunk)).toEqual(['not_utf8', 3]);
    const cut = Buffer.concat([latin1, Buffer.from([0xe1, 0xbb])]);
    expect(problemOf(cut, chunk)).toEqual(['not_utf8', 3]);
    const utf16 = Buffer.from('\uFEFFa,b\n', 'utf16le');
    expect(problemOf(utf16, chunk)).toEqual(['not_utf8', 1]);
  });

  it('refuses a row that a missing quote makes endless, where it begins', () => {
    const content = `a,b\n1,"${'x'.repeat(70)}\n${'y'.repeat(1_100_000)}"`;
    expect(problemOf(content, 65_536)).toEqual(['row_too_long', 2]);
  });

  it('takes its hash from the bytes as they came', () => {
    expect(scan('a\n', 1).sha256).toBe(scan('a\n').sha256);
    expect(scan('a\n').sha256).not.toBe(scan('\uFEFFa\n').sha256);
  });
});

describe('an index of hashes', () => {
  it('answers as a map would', () => {
    const index = new HashIndex();
    const map = new Map<string, number>();
    for (let count = 1; count <= 10_000; count++) {
      const text = `row ${count % 7_001}`;
      expect(index.get(text)).toBe(map.get(text));
      index.set(text, count);
      map.set(text, count);
    }
    for (const [text, value] of map) expect(index.get(text)).toBe(value);
    expect(index.get('row 8000')).toBeUndefined();
  });
});
