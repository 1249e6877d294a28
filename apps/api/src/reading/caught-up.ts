import type { Position } from '#crm';
import { HttpProblem } from '#platform';
import type { Leadledger } from '../composition/leadledger.js';

/** How long a query waits for the position that it names, in milliseconds. */
const AFTER_MS = 2_000;
/** How long one that names none waits for what was written just before it. */
const OWN_WRITE_MS = 500;
/** How long nobody waits unasked after one has waited in vain: the read models are catching up, and queries would only be slow. */
const UNASKED_AGAIN_MS = 1_000;

/** Events behind the log from which on waiting is in vain. */
const FAR_BEHIND = 2_000;

const inVainAt = new WeakMap<Leadledger, number>();

/**
 * Waits until the read models include the position that a caller names. One who names none waits a moment for whatever was
 * written before: who has just changed something sees it without ceremony.
 * @throws HttpProblem 503 `read_model_behind` rather than an answer without the position named
 */
export async function caughtUp(
  ledger: Leadledger,
  after: Position | undefined,
  collections: readonly string[],
): Promise<void> {
  if (after === undefined) return seeOwnWrite(ledger, collections);
  if (await ledger.read.models.waitFor(after, AFTER_MS, collections)) return;
  throw behind('The answer does not include that position yet.');
}

function behind(detail: string): HttpProblem {
  return new HttpProblem(503, 'read_model_behind', detail, { headers: { 'retry-after': '1' } });
}

/**
 * What `find` finds; undefined only once the read models include all that was written before: that something is not there
 * is not said of what they may only not have yet.
 * @throws HttpProblem 503 `read_model_behind`
 */
export async function foundOrCaughtUp<Found>(
  ledger: Leadledger,
  collections: readonly string[],
  find: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const found = await find();
  if (found !== undefined) return found;
  const { models } = ledger.read;
  const { log } = ledger.stores;
  const head = await log.head();
  const missing = head - models.reached(collections);
  if (missing <= 0) return undefined;
  if (missing > FAR_BEHIND * log.positionStep) {
    throw behind('What is looked for may be among what is not read yet.');
  }
  await caughtUp(ledger, head, collections);
  return find();
}

async function seeOwnWrite(ledger: Leadledger, collections: readonly string[]): Promise<void> {
  const { stores, read } = ledger;
  if (performance.now() - (inVainAt.get(ledger) ?? -UNASKED_AGAIN_MS) < UNASKED_AGAIN_MS) return;
  const head = await stores.log.head();
  if (await read.models.waitFor(head, OWN_WRITE_MS, collections)) return;
  inVainAt.set(ledger, performance.now());
}
