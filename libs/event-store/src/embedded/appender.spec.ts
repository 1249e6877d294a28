import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BoundedMap } from '../bounded-map.js';
import { event, newStream, toNewStream } from '../contract/support.js';
import { type Appender, createAppender } from './appender.js';
import { createDatabase, type Database, openForWriting } from './database.js';

describe('Group commit', () => {
  let folder: string;
  let database: Database.Database;
  let appender: Appender;
  let heads: number[];
  let commits: number;
  let failing: string | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'events '));
    const file = join(folder, 'events.db');
    createDatabase(file);
    database = openForWriting(file);
    heads = [];
    commits = 0;
    failing = undefined;
    const exec = database.exec.bind(database);
    database.exec = (sql) => {
      if (sql === failing) throw Object.assign(new Error('failed'), { code: 'SQLITE_IOERR_FSYNC' });
      if (sql === 'COMMIT') commits += 1;
      return exec(sql);
    };
    appender = createAppender(database, file, new BoundedMap(100), (head) => heads.push(head));
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const nameOf = async (appending: Promise<unknown>) =>
    appending.then(
      () => 'stored',
      (error: Error) => error.name,
    );

  it('commits the appends of one turn together', async () => {
    await Promise.all(Array.from({ length: 64 }, () => appender.append(toNewStream())));
    expect(commits).toBe(1);
    expect(heads).toEqual([64]);
  });

  it('stores appends together: in order, in one commit, and none when one is refused', async () => {
    const [first, second] = [toNewStream(2), toNewStream(3)];
    appender.appendTogether([first, second, { ...first, expected: 1, events: [event()] }]);
    expect([commits, heads]).toEqual([1, [6]]);
    const refused = [toNewStream(), { ...second, expected: 1, events: [event()] }];
    expect(() => appender.appendTogether(refused)).toThrow('is at 2, not at 1');
    expect(appender.head()).toBe(6);
    appender.appendTogether([first]);
    expect([appender.head(), heads]).toEqual([6, [6]]);
  });

  it('refuses all of a group when the disk is full, and goes on when it is not', async () => {
    const kept = toNewStream();
    await appender.append(kept);
    database.exec('PRAGMA max_page_count = 10');
    const stream = newStream();
    const large = [event({ text: 'x'.repeat(200_000) })];
    const small = toNewStream();
    const outcomes = await Promise.all([
      nameOf(appender.append(small)),
      nameOf(appender.append({ stream, expected: 'no_stream', events: large })),
      nameOf(appender.append({ ...kept, expected: 7 })),
    ]);
    expect(outcomes).toEqual(Array(3).fill('StoreUnavailable'));
    expect(appender.head()).toBe(1);
    database.exec('PRAGMA max_page_count = 100000');
    expect(await appender.append(small)).toEqual({ revision: 0, position: 2 });
    expect(await appender.append(kept)).toEqual({ revision: 0, position: 1 });
  });

  it('says that the outcome is unknown when the commit fails, and is right about it afterwards', async () => {
    const append = toNewStream(3);
    failing = 'COMMIT';
    expect(await nameOf(appender.append(append))).toBe('OutcomeUnknown');
    failing = undefined;
    expect(heads).toEqual([]);
    expect(await appender.append(append)).toEqual({ revision: 2, position: 3 });
  });

  it('refuses for the time being when the database cannot begin', async () => {
    failing = 'BEGIN IMMEDIATE';
    expect(await nameOf(appender.append(toNewStream()))).toBe('StoreUnavailable');
    failing = undefined;
    expect(await nameOf(appender.append(toNewStream()))).toBe('stored');
  });
});
