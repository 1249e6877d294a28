// A process that merges three records or undoes the merge, and kills itself at a given append. First it waits until what the process
// before it left half done is completed, and says what has become of that.
//   node merge-until-killed.mjs <data folder> <merge|undo> <append, 0 for never> <before|after>
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compose } from '../../dist/apps/api/src/composition/compose.js';
import { createShutdown, readConfig, silentLogger } from '../../dist/libs/platform/src/index.js';
import { processAuthority } from '../../dist/libs/write-side/src/index.js';

const COMPLETED_WITHIN_MS = 15_000;
const [folder, act, killAt, moment] = process.argv.slice(2);
const round = join(folder, 'round.json');
let left = Number.POSITIVE_INFINITY;

const dying = (store) => ({
  ...store,
  async append(request) {
    left -= 1;
    if (left > 0) return store.append(request);
    if (moment === 'after') await store.append(request);
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  },
});
const config = readConfig({ LEADLEDGER_DATA: join(folder, 'data'), LEADLEDGER_PORT: '0' });
const ledger = await compose(config, { logger: silentLogger, events: dying });
const { write, read } = ledger;

const envelope = () => {
  const commandId = randomUUID();
  return {
    ...{ authority: processAuthority('test'), commandId, correlationId: commandId, fresh: true },
  };
};
const capture = (type, fields, more = {}) =>
  write.records
    .capture(type, { kind: 'capture', fields, custom: {}, tags: [], ...more }, envelope())
    .then(({ id }) => ({ type, id }));
const caughtUp = async () => read.models.waitFor(await ledger.stores.log.head(), 10_000);

/** What has become of the records of the round before, once nothing is pending. */
async function lookBack() {
  if (!existsSync(round)) return undefined;
  const { records } = JSON.parse(readFileSync(round, 'utf8'));
  const deadline = Date.now() + COMPLETED_WITHIN_MS;
  await caughtUp();
  while ((await read.queries.pendingMerges(1)).length > 0) {
    if (Date.now() > deadline) throw new Error('A merge was not completed.');
    await pause(50);
    await caughtUp();
  }
  // What a merge that never committed still holds is let go for whoever comes next.
  const tags = { kind: 'tag', add: ['sau'], remove: [] };
  const answers = await Promise.all(
    records.map(({ type, id }) =>
      write.records.handle(type, id, tags, envelope()).then(
        () => 'live',
        ({ code }) => code,
      ),
    ),
  );
  await caughtUp();
  const documents = await Promise.all(
    records.map(({ type, id }) => read.queries.getRecord({ type, id, access: 'all' })),
  );
  const { documents: merges } = await read.queries.listMerges({ record: records[0], limit: 10 });
  const events = [];
  for (const { type, id } of records) {
    const { events: own } = await ledger.stores.log.readStream({ stream: `${type}-${id}` });
    events.push(own.map((event) => event.type));
  }
  return { answers, documents, merges, events };
}

const before = await lookBack();
const records = [
  await capture('opportunity', { name: 'Camera' }),
  await capture('lead', { email: 'a@example.vn' }, { tags: ['VIP'] }),
  await capture('lead', { need: 'Camera' }, { tags: ['VIP'] }),
];
writeFileSync(round, JSON.stringify({ act, records }));
const merge = () => write.merges.merge({ request: { records } }, envelope());
const arm = () => {
  if (Number(killAt) > 0) left = Number(killAt);
};
process.stdout.write(`${JSON.stringify({ before })}\n`);
if (act === 'undo') {
  const { id } = await merge();
  arm();
  await write.undoing.undo(id, { decisions: {} }, envelope());
} else {
  arm();
  await merge();
}
left = Number.POSITIVE_INFINITY;
const shutdown = createShutdown(silentLogger);
ledger.stopWith(shutdown);
await shutdown.run('survived');
process.stdout.write('survived\n');
