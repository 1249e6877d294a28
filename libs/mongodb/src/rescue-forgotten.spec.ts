import { EventEmitter } from 'node:events';
import type { MongoClient } from 'mongodb';
import { isPassing } from './is-passing.js';
import { rescueForgotten } from './rescue-forgotten.js';

describe('calls under way when the driver gives its connections up', () => {
  const client = new EventEmitter();
  const run = rescueForgotten(client as unknown as Pick<MongoClient, 'on'>, 30);
  const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms, 'done'));

  it('fail in a way that passes, where the driver has forgotten them', async () => {
    const forgotten = run(() => new Promise(() => {}));
    client.emit('connectionPoolCleared');
    const error = await forgotten.catch((thrown: unknown) => thrown);
    expect([isPassing(error), String(error)]).toEqual([true, 'Error: the connection was lost']);
  });

  it('are given a moment', async () => {
    const answered = run(() => after(5));
    client.emit('connectionPoolCleared');
    expect(await answered).toBe('done');
  });

  it('take as long as they take otherwise, and what is begun later too', async () => {
    const before = run(() => after(60));
    expect(await before).toBe('done');
    client.emit('connectionPoolCleared');
    expect(await run(() => after(60))).toBe('done');
  });

  it('fail as they fail', async () => {
    await expect(run(() => Promise.reject(new TypeError('no')))).rejects.toThrow(TypeError);
  });
});
