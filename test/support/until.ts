import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

/** Asks again and again until there is an answer. @throws Error when there is none for long */
export async function until<Value>(
  ask: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS; ) {
    const value = await ask();
    if (value !== undefined) return value;
    await pause(20);
  }
  throw new Error('It did not come about.');
}
