import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { EventStore, ExpectedRevision } from '../event-store.port.js';
import { event } from './support.js';

interface Step {
  readonly stream: number;
  /** Relative to the last revision: 0 is right. */
  readonly off: number;
  readonly ids: readonly number[];
  /** Sent in the same turn as the step before. */
  readonly together: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.nat(2),
  off: fc.constantFrom(0, 0, 0, -1, -2, -3, 1),
  ids: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
  together: fc.boolean(),
});

/** A stream as a list of ids: the rules of `EventStore.append` in their plainest form. */
function expectOf(stored: string[], after: number, ids: readonly string[]): number | 'refused' {
  if (after === stored.length - 1) stored.push(...ids);
  const found = stored.slice(after + 1, after + 1 + ids.length);
  const same = found.length === ids.length && found.every((id, n) => id === ids[n]);
  return same ? after + ids.length : 'refused';
}

export function describeModel(store: () => EventStore): void {
  it('behaves as a list of ids per stream, whatever is appended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const run = randomUUID();
        const ids = Array.from({ length: 5 }, () => randomUUID());
        const model = new Map<string, string[]>();
        const pending: Promise<void>[] = [];
        for (const { stream: number, off, ids: picked, together } of steps) {
          if (!together) await Promise.all(pending.splice(0));
          const stream = `model-${run}-${number}`;
          const stored = model.get(stream) ?? [];
          model.set(stream, stored);
          const after = Math.max(-1, stored.length - 1 + off);
          const expected: ExpectedRevision = after === -1 ? 'no_stream' : after;
          const events = picked.map((n) => event({}, { id: ids[n] as string }));
          const answer = expectOf(
            stored,
            after,
            events.map(({ id }) => id),
          );
          const given = store()
            .append({ stream, expected, events })
            .then(
              ({ revision }) => revision,
              () => 'refused' as const,
            );
          pending.push(given.then((outcome) => expect(outcome).toBe(answer)));
        }
        await Promise.all(pending);
        for (const [stream, stored] of model) {
          const read = await store().readStream({ stream });
          expect(read.map(({ id }) => id)).toEqual(stored);
          expect(read.map(({ revision }) => revision)).toEqual(stored.map((_, n) => n));
        }
        const all = await store().readAll({ limit: 1_000, prefixes: [`model-${run}-`] });
        const positions = all.map(({ position }) => position);
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
        expect(all).toHaveLength([...model.values()].reduce((sum, { length }) => sum + length, 0));
      }),
      { numRuns: 60 },
    );
  });
}
