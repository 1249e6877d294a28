import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openEventStoreDb } from '#event-store';

describe('the stand-in as a process of its own', () => {
  let child: ChildProcess;
  let started: { readonly url: string; readonly controlPort: number };
  beforeAll(async () => {
    const script = join(process.cwd(), 'test/support/eventstoredb/serve.mjs');
    child = spawn(process.execPath, [script, '--grace-ms', '50'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(child.stdout?.setEncoding('utf8') as NodeJS.ReadableStream, 'data');
    started = JSON.parse(line);
  });
  afterAll(() => child.kill('SIGKILL'));

  const command = async (name: string, body: object = {}) => {
    const url = `http://127.0.0.1:${started.controlPort}/${name}`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  };
  const append = (stream: string) => ({
    stream,
    expected: 'no_stream' as const,
    events: [{ id: crypto.randomUUID(), type: 'Tested', data: {}, metadata: {} }],
  });

  it('serves, and fails when told to', async () => {
    const store = await openEventStoreDb({ url: started.url, appendTryMs: 200 });
    await store.append(append('lead-1'));
    expect((await command('info')).body).toEqual({ events: 2 });
    expect((await command('faults', { races: 1 })).body).toMatchObject({
      races: 1,
      quorum: 'held',
    });
    await expect(store.append(append('lead-2'))).rejects.toMatchObject({
      name: 'WrongExpectedRevision',
      actual: 0,
    });
    await command('kill');
    await expect(store.head()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await command('restart');
    expect(await store.readStream({ stream: 'lead-1' })).toHaveLength(1);
    expect((await command('nonsense')).status).toBe(404);
    await store.close();
  });

  it('ends when asked to', async () => {
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});
