import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bootstrap, bootstrapAdmin } from './bootstrap-admin.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'first admin '));
});
afterEach(() => rm(folder, { recursive: true }));

function start(change: Partial<Bootstrap> = {}) {
  const created: string[] = [];
  const result = bootstrapAdmin({
    dataFolder: folder,
    hasUsers: false,
    newId: 'admin-1',
    issue: async (userId) => `token of ${userId}`,
    userIdIn: async (token) => /^token of (.+)$/.exec(token)?.[1],
    createAdmin: async (userId) => void created.push(userId),
    ...change,
  });
  return { result, created };
}
const file = () => join(folder, 'admin.token');

describe('the first start', () => {
  it('creates an admin and keeps their token for the owner of the folder alone', async () => {
    const { result, created } = start();
    expect(await result).toEqual({ userId: 'admin-1', token: 'token of admin-1', file: file() });
    expect(created).toEqual(['admin-1']);
    expect(await readFile(file(), 'utf8')).toBe('token of admin-1\n');
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('goes on with the same admin when it was killed before they were created', async () => {
    const killed = start({ createAdmin: () => Promise.reject(new Error('killed')) });
    await expect(killed.result).rejects.toThrow('killed');
    const { result, created } = start({ newId: 'admin-2' });
    expect((await result)?.token).toBe('token of admin-1');
    expect(created).toEqual(['admin-1']);
  });

  it('replaces a token that does not hold, as of a key that is gone', async () => {
    await start().result;
    const { result } = start({ newId: 'admin-2', userIdIn: async () => undefined });
    expect((await result)?.userId).toBe('admin-2');
    expect(await readFile(file(), 'utf8')).toBe('token of admin-2\n');
  });
});

describe('a later start', () => {
  it('creates nobody and writes nothing, even when the token was taken away', async () => {
    const { result, created } = start({ hasUsers: true });
    expect(await result).toBeUndefined();
    expect(created).toEqual([]);
    await expect(stat(file())).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
