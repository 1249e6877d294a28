import { setTimeout as pause } from 'node:timers/promises';
import { emailKey, type Filter, keyText, type Uuid } from '#crm';
import { createShutdown, readConfig } from '#platform';
import type { RecordDocument } from '#read-side';
import type { SortKey } from '#read-store';
import { processAuthority } from '#write-side';
import { compose } from '../../../apps/api/src/composition/compose.js';
import type { Leadledger } from '../../../apps/api/src/composition/leadledger.js';
import { emailOf } from '../seed/made-up-lead.js';
import { readSeeded, type Seeded } from '../seed/seed.js';
import { childInput, report } from '../support/processes.js';
import { inTurn, median, timed } from '../support/sampling.js';

/** One thing read from the small folder and from the big one, or from two records; milliseconds. */
export interface Compared {
  readonly what: string;
  readonly small: number;
  readonly big: number;
  readonly samples: number;
}

export type Reading = 'pages' | 'board' | 'look-up' | 'duplicates' | 'timeline';
export interface ReadingInput {
  readonly reading: Reading;
  /** Seeded folders. */
  readonly small: string;
  readonly big: string;
}

interface Side {
  readonly seeded: Seeded;
  readonly ledger: Leadledger;
}

/** Blocks of reads, each from one side. */
const BLOCKS = 10;
const READS = 30;
const PAGE = 5;
/** Of a page. */
const CLUSTERS = 2;

const input = childInput<ReadingInput>();
const small = await open(input.small);
const big = await open(input.big);
const COMPARE: Readonly<Record<Reading, () => Promise<readonly Compared[]>>> = {
  pages: comparePages,
  board: compareBoards,
  'look-up': compareLookUps,
  duplicates: compareDuplicates,
  timeline: compareTimelines,
};
report(await COMPARE[input.reading]());
await close(small);
await close(big);

async function open(folder: string): Promise<Side> {
  const seeded = readSeeded(folder);
  const config = readConfig({ LEADLEDGER_DATA: folder, LEADLEDGER_LOG_LEVEL: 'error' });
  // As the product does: queries read beside the thread that writes.
  const ledger = await compose(config, { projections: 'own-thread' });
  const head = await ledger.stores.log.head();
  if (!(await ledger.read.models.waitFor(head, 600_000))) throw new Error('It did not catch up.');
  const patience = AbortSignal.timeout(600_000);
  while (!(await isVerified(ledger))) await pause(100, undefined, { signal: patience });
  return { seeded, ledger };
}

/** The log is verified after the start, beside other work: not beside what is measured. */
async function isVerified({ health }: Leadledger): Promise<boolean> {
  const { checks } = await health.report('ready');
  return !/^(Being verified|Verifying)/.test(checks['event-log']?.detail ?? '');
}

async function close({ ledger }: Side): Promise<void> {
  const shutdown = createShutdown(ledger.logger);
  ledger.stopWith(shutdown);
  await shutdown.run('close');
}

/** The median of blocks of reads on either side, in turn. Every read of a block is of another record where it asks for one. */
async function compare(
  what: string,
  read: (side: Side, index: number) => Promise<unknown>,
): Promise<Compared> {
  const blockOn = (side: Side) => {
    let index = 0;
    return async () => {
      const times: number[] = [];
      for (let reads = 0; reads < READS; reads += 1) {
        index += 1;
        times.push(await timed(() => read(side, index)));
      }
      return median(times);
    };
  };
  const { first, second, samples } = await inTurn(BLOCKS, blockOn(small), blockOn(big));
  return { what, small: first, big: second, samples: samples * READS };
}

async function comparePages(): Promise<readonly Compared[]> {
  const newest: readonly SortKey[] = [{ field: 'createdAt', direction: 'descending' }];
  const touched: readonly SortKey[] = [{ field: 'updatedAt', direction: 'descending' }];
  const byStage = () => ({ stageId: 'new' });
  const byOwner = ({ seeded }: Side) => ({ ownerId: seeded.userIds[7] ?? '' });
  return [
    await comparePage('{stageId} by -createdAt, page 1', byStage, newest, 1),
    await comparePage('{stageId} by -createdAt, page 1,000', byStage, newest, 1_000),
    await comparePage('{ownerId} by -createdAt, page 1', byOwner, newest, 1),
    await comparePage('{ownerId} by -updatedAt, page 1', byOwner, touched, 1),
    await comparePage('{ownerId} by -updatedAt, page 3', byOwner, touched, 3),
  ];
}

async function comparePage(
  what: string,
  filterOn: (side: Side) => Filter,
  sort: readonly SortKey[],
  number: number,
): Promise<Compared> {
  const cursors = new Map<Side, string | undefined>();
  const page = (side: Side, cursor: string | undefined) =>
    side.ledger.read.queries.listRecords({
      type: 'lead',
      access: 'all',
      filter: filterOn(side),
      sort,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
  for (const side of [small, big]) {
    let cursor: string | undefined;
    for (let turned = 1; turned < number; turned += 1) {
      cursor = (await page(side, cursor)).next;
      if (cursor === undefined) throw new Error(`There is no page ${turned + 1} of ${what}.`);
    }
    cursors.set(side, cursor);
  }
  return compare(what, async (side) => {
    const { documents } = await page(side, cursors.get(side));
    if (documents.length !== PAGE) throw new Error(`A page of ${what} is not full.`);
  });
}

/** Whole boards, with the cards of every column. */
async function compareBoards(): Promise<readonly Compared[]> {
  const board = (what: string, filterOn: (side: Side) => Filter) =>
    compare(what, async (side) => {
      const { queries } = side.ledger.read;
      const filter = filterOn(side);
      const { columns } = await queries.readBoard({ type: 'lead', access: 'all', filter });
      if (columns.every(({ count }) => count === 0)) throw new Error(`The board ${what} is empty.`);
    });
  return [
    await board('of all', () => ({})),
    await board('of an owner', ({ seeded }) => ({ ownerId: seeded.userIds[7] ?? '' })),
  ];
}

function sampleOf({ seeded }: Side, index: number): { readonly number: number; readonly id: Uuid } {
  const { sample } = seeded;
  const one = sample[(index * 7) % sample.length];
  if (!one) throw new Error('Nothing was sampled.');
  return one;
}

async function compareLookUps(): Promise<readonly Compared[]> {
  const envelope = () => {
    const commandId = crypto.randomUUID();
    const authority = processAuthority('bench');
    return { authority, commandId, correlationId: commandId, fresh: true };
  };
  const duplicates = await compare('candidates by e-mail', async (side, index) => {
    const value = emailKey(emailOf(sampleOf(side, index).number)) ?? '';
    const keys = [keyText({ kind: 'email', value, strength: 'strong' })];
    const { queries } = side.ledger.read;
    await queries.findCandidates({ type: 'lead', keys, accessTo: () => 'all', limit: 11 });
  });
  const preview = await compare('conversion preview', (side, index) => {
    const { conversions } = side.ledger.write;
    return conversions.preview(sampleOf(side, index).id, {}, envelope());
  });
  return [duplicates, preview];
}

async function compareDuplicates(): Promise<readonly Compared[]> {
  const keysOf = (side: Side, index: number) => {
    const value = emailKey(emailOf(sampleOf(side, index).number)) ?? '';
    return [keyText({ kind: 'email', value, strength: 'strong' })];
  };
  const lookUp = await compare('look-up by key', ({ ledger, seeded }, index) =>
    ledger.read.queries.findSharing({
      type: 'lead',
      keys: keysOf({ ledger, seeded }, index),
      most: 6,
    }),
  );
  return [
    lookUp,
    await compareClusters('clusters by e-mail, page 1', 1),
    await compareClusters('clusters by e-mail, page 1,000 (or the last)', 1_000),
  ];
}

/** Of e-mails alone, whose clusters are of two nearly all: of names there are the more records in each the more leads there are. */
async function compareClusters(what: string, number: number): Promise<Compared> {
  const page = (side: Side, cursor: string | undefined) =>
    side.ledger.read.queries.listClusters({
      ...({ type: 'lead', access: 'all', kind: 'email', limit: CLUSTERS } as const),
      ...(cursor !== undefined && { cursor }),
    });
  const cursors = new Map<Side, string | undefined>();
  for (const side of [small, big]) {
    for (let turned = 1; turned < number; turned += 1) {
      const { next } = await page(side, cursors.get(side));
      if (next === undefined) break;
      cursors.set(side, next);
    }
  }
  return compare(what, async (side) => {
    const { items } = await page(side, cursors.get(side));
    if (items.length === 0) throw new Error(`A page of ${what} is empty.`);
  });
}

/** Both records are in the big folder. */
async function compareTimelines(): Promise<readonly Compared[]> {
  const { queries } = big.ledger.read;
  const recordOf = async (id: Uuid): Promise<RecordDocument> => {
    const record = await queries.getRecord({ type: 'lead', id, access: 'all' });
    if (!record) throw new Error('The record is not there.');
    return record;
  };
  const records = new Map([
    [small, await recordOf(big.seeded.short)],
    [big, await recordOf(big.seeded.long)],
  ]);
  return [
    await compare('a page of 10, of 10,000 events against 10', async (side) => {
      const record = records.get(side) as RecordDocument;
      const { entries } = await queries.readTimeline({
        record,
        locale: 'vi',
        accessTo: () => 'all',
        limit: 10,
      });
      if (entries.length !== 10) throw new Error('The page is not full.');
    }),
  ];
}
