import type { Position, Revision } from '#crm';
import type { Logged } from '#event-store';
import { inParts } from '../queries/among.js';
import type { QueryContext } from '../queries/query-context.js';
import { recordNameIn } from './phrases/phrases.js';

/** A stream that is being read backwards. */
export interface History {
  readonly stream: string;
  /** What was read of it, newest first. */
  readonly read: Logged[];
  /** Where to read on; left out: at its end. */
  next?: Revision;
  /** Its first event was read. */
  done: boolean;
}

/** Streams read at once, which bounds what an answer keeps open on a server. */
const READ_AT_ONCE = 50;
/** Fewest events worth a read of their own. */
const FEWEST = 4;

/**
 * Reads as much of some streams as the newest `wanted` events of all of them take: a few of each at first, and more only of those whose
 * events are all newer than what is wanted, so that a page of many histories costs little more than one of few.
 */
export async function readNewest(
  context: QueryContext,
  histories: readonly History[],
  wanted: number,
): Promise<void> {
  let count = Math.min(wanted, Math.max(FEWEST, Math.ceil(wanted / histories.length)));
  for (let due = histories.filter(({ done }) => !done); due.length > 0; ) {
    for (const some of inParts(due, READ_AT_ONCE)) {
      await Promise.all(some.map((history) => readOn(context, history, count)));
    }
    count = wanted;
    const known = histories.flatMap(({ read }) => read.filter(isShown));
    const oldest = known.map(({ position }) => position).sort((a, b) => b - a)[wanted - 1];
    due = histories.filter((history) => !history.done && isNewerThan(history, oldest));
  }
}

async function readOn({ log }: QueryContext, history: History, limit: number): Promise<void> {
  const { stream, next } = history;
  const start = next === undefined ? {} : { from: next };
  const { events } = await log.readStream({ stream, direction: 'backwards', limit, ...start });
  history.read.push(...events);
  const last = events.at(-1);
  history.done = events.length < limit || last?.revision === 0;
  if (last) history.next = last.revision - 1;
}

function isNewerThan({ read }: History, position: Position | undefined): boolean {
  const last = read.at(-1);
  return position === undefined || last === undefined || last.position > position;
}

const HIDDEN: ReadonlySet<string> = new Set(['MergeReserved', 'MergeReservationReleased']);

/** Whether people are shown it: not what only serves the product itself, such as holding a record for a merge. */
export function isShown({ type }: Pick<Logged, 'type'>): boolean {
  const name = recordNameIn(type);
  return name === undefined || !HIDDEN.has(type.slice(name.length));
}
