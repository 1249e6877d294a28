import type { Position } from '#crm';
import { HttpProblem } from '#platform';
import type { Leadledger } from '../composition/leadledger.js';

/** How long a query waits for the position that it names, in milliseconds. */
const AFTER_MS = 2_000;
/** How long a look at one thing waits for what was written just before it. */
const OWN_WRITE_MS = 250;

/**
 * Waits until the read models include the position that a caller names.
 * @throws HttpProblem 503 `read_model_behind` rather than an answer without it
 */
export async function caughtUp(
  { read }: Leadledger,
  after: Position | undefined,
  collections: readonly string[],
): Promise<void> {
  if (after === undefined || (await read.models.waitFor(after, AFTER_MS, collections))) return;
  throw new HttpProblem(
    503,
    'read_model_behind',
    'The answer does not include that position yet.',
    {
      headers: { 'retry-after': '1' },
    },
  );
}

/**
 * The same for a look at one thing, which also waits a moment for whatever was written before it was asked: who has just
 * changed something sees it without ceremony.
 */
export async function caughtUpForOne(
  ledger: Leadledger,
  after: Position | undefined,
  collections: readonly string[],
): Promise<void> {
  if (after !== undefined) return caughtUp(ledger, after, collections);
  const head = await ledger.stores.log.head();
  await ledger.read.models.waitFor(head, OWN_WRITE_MS, collections);
}
