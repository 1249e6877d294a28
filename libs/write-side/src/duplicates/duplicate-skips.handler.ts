import {
  pairOf,
  type RecordPair,
  type RecordRef,
  type RecordState,
  Refusal,
  type SkipEvent,
  type SkipState,
  skipDecider,
  skipId,
  skipStream,
  type Uuid,
} from '#crm';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import { recordTarget } from '../records/record-target.js';

/** "Not a duplicate" and its withdrawal (PRODUCT.md P4). Both need the `delete` right on both records. */
export interface DuplicateSkips {
  /** @throws Refusal of the pair, of what is not there for the caller, of the decision */
  skip(records: readonly [RecordRef, RecordRef], envelope: Envelope): Promise<CommandResult>;
  /** @throws Refusal `skip_not_found` also where the caller may not see one of the records */
  withdraw(id: Uuid, envelope: Envelope): Promise<CommandResult>;
}

/** Commands on pairs that are no duplicates. */
export function createDuplicateSkips(executor: Executor): DuplicateSkips {
  return {
    async skip(records, envelope) {
      const pair = pairOf(records);
      const id = skipId(pair);
      const executed = await executor.execute(target(id), envelope, async (state, context) => {
        const loaded = await loadPair(pair, executor);
        refuseHidden(records, loaded, envelope);
        return skipDecider.decide(state, { kind: 'skip', pair, records: loaded }, context);
      });
      return { id, revision: executed.revision, position: executed.position };
    },
    async withdraw(id, envelope) {
      const executed = await executor.execute(target(id), envelope, async (state, context) => {
        const events = skipDecider.decide(state, { kind: 'withdraw' }, context);
        if (state.pair) {
          const loaded = await loadPair(state.pair, executor);
          if (loaded.some((record) => !envelope.authority.may('read', record))) throw notFound();
          refuseForbidden(loaded, envelope);
        }
        return events;
      });
      return { id, revision: executed.revision, position: executed.position };
    },
  };
}

function target(id: Uuid): Target<SkipState, SkipEvent> {
  return {
    stream: skipStream(id),
    initial: () => skipDecider.initial(id),
    evolve: skipDecider.evolve,
  };
}

/** In the order of the pair. */
function loadPair({ type, ids }: RecordPair, executor: Executor): Promise<readonly RecordState[]> {
  return Promise.all(ids.map(async (id) => (await executor.load(recordTarget(type, id))).state));
}

/** A record that the caller may not read is not there for them; the paths are those of the request. */
function refuseHidden(
  asked: readonly RecordRef[],
  loaded: readonly RecordState[],
  envelope: Envelope,
): void {
  for (const [index, { id, type }] of asked.entries()) {
    const record = loaded.find((one) => one.id === id.toLowerCase());
    const there = record && record.lifecycle !== 'absent';
    if (there && envelope.authority.may('read', record)) continue;
    const message = `There is no such ${type}.`;
    const errors = [{ path: `records.${index}`, code: 'unknown_reference', message }];
    throw new Refusal('rule', 'unknown_reference', message, { errors });
  }
  refuseForbidden(loaded, envelope);
}

function refuseForbidden(records: readonly RecordState[], { authority }: Envelope): void {
  if (records.every((record) => authority.may('delete', record))) return;
  const detail = 'Who decides on duplicates may delete both records.';
  throw new Refusal('forbidden', 'forbidden', detail);
}

function notFound(): Refusal {
  return new Refusal('not-found', 'skip_not_found', 'This pair was never skipped.');
}
