import { join } from 'node:path';
import Database from 'libsql';
import { leadFunnel, replay } from '#reports';
import { openLog } from '../support/open-log.js';
import { childInput, report } from '../support/processes.js';
import { inTurn, timed } from '../support/sampling.js';

export interface Replaying {
  readonly productMs: number;
  readonly rawMs: number;
  readonly events: number;
  readonly samples: number;
}

const PAGE = 2_000;
const { folder, pairs } = childInput<{ folder: string; pairs: number }>();
const { log, close } = await openLog(folder);
const database = new Database(join(folder, 'events.db'), { readonly: true });
let events = 0;
let parsed = 0;
const product = () =>
  timed(async () => {
    ({ events } = await replay(log, leadFunnel));
  });
const plain = () => timed(readPlainly);
const { first, second, samples } = await inTurn(pairs, product, plain);
if (events !== parsed) throw new Error(`The report saw ${events} events, plain SQL ${parsed}.`);
report({ productMs: first, rawMs: second, events, samples } satisfies Replaying);
database.close();
await close();

/** The same rows in the same order, with both texts parsed, and nothing else. */
function readPlainly(): void {
  const page = database
    .prepare(
      `SELECT position, stream, revision, type, id, data, metadata FROM events NOT INDEXED
       WHERE position > ? AND stream >= 'lead-' AND stream < 'lead.' ORDER BY position LIMIT ${PAGE}`,
    )
    .raw();
  parsed = 0;
  for (let position = 0; ; ) {
    const rows = page.all([position]) as [number, string, number, string, string, string, string][];
    for (const row of rows) {
      JSON.parse(row[5]);
      JSON.parse(row[6]);
      parsed += 1;
    }
    if (rows.length < PAGE) return;
    position = rows.at(-1)?.[0] ?? 0;
  }
}
