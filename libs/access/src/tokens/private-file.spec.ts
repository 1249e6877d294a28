import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadLocalKey } from './local-key.js';
import { readPrivateFile, writePrivateFile } from './private-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'private file '));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a private file', () => {
  it('is for its owner alone, in a folder that may have to be made', async () => {
    const file = join(folder, 'new folder', 'a.token');
    expect(await readPrivateFile(file)).toBeUndefined();
    expect(await writePrivateFile(file, 'x', 'absent')).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readPrivateFile(file)).toBe('x');
  });

  it('is replaced or left alone, as asked, with nothing left beside it', async () => {
    const file = join(folder, 'a.token');
    await writePrivateFile(file, 'first', 'absent');
    expect(await writePrivateFile(file, 'second', 'absent')).toBe(false);
    expect(await readPrivateFile(file)).toBe('first');
    await writePrivateFile(file, 'third', 'always');
    expect(await readPrivateFile(file)).toBe('third');
    expect(await readdir(folder)).toEqual(['a.token']);
  });

  it('is not used when others can read it', async () => {
    const file = join(folder, 'a.token');
    await writeFile(file, 's3cret');
    await chmod(file, 0o640);
    const failure = await readPrivateFile(file).catch((error: Error) => error.message);
    expect(failure).toBe(`The file ${file} can be read by others; run chmod 600 on it.`);
  });
});

describe('the local key', () => {
  it('is made once, however many start at the same time, and then stays', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadLocalKey(folder)));
    const again = await loadLocalKey(folder);
    expect(new Set([...keys, again].map((key) => key.id)).size).toBe(1);
    expect((await stat(join(folder, 'token.key'))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['empty', '', 'does not hold a private key'],
    ['garbage', 'garbage', 'does not hold a private key'],
  ])('is refused when %s, by name and without its content', async (_, text, why) => {
    const file = join(folder, 'token.key');
    await writeFile(file, text, { mode: 0o600 });
    const failure = await loadLocalKey(folder).catch((error: Error) => error.message);
    expect(failure).toBe(`The file ${file} ${why}.`);
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
