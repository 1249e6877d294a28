import { type AnyRecordState, type RecordRef, Refusal, recordStream } from '#crm';
import type { Executor } from '../execution/executor.js';
import { recordTarget } from '../records/record-target.js';

/** The record that stands for another one: itself, or the end of the chain of records that it was merged into (PRODUCT.md P3). */
export async function livingEnd(executor: Executor, record: RecordRef): Promise<AnyRecordState> {
  const seen = new Set<string>();
  for (let next = record; ; ) {
    const { state } = await executor.load(recordTarget(next.type, next.id), { cached: true });
    const stream = recordStream(next.type, next.id);
    // A chain has an end; that it could be a ring is only thought of so as never to go round in one.
    if (state.lifecycle !== 'merged' || !state.mergedInto || seen.has(stream)) return state;
    seen.add(stream);
    next = state.mergedInto;
  }
}

/** Runs a command; where a record is refused as merged away, the refusal names the one that stands for it now, not one that is gone too. */
export async function namingLivingEnd<Result>(
  executor: Executor,
  command: () => Promise<Result>,
): Promise<Result> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'record_merged') throw error;
    const survivor = error.facts.survivor as RecordRef | undefined;
    if (!survivor) throw error;
    const { type, id } = await livingEnd(executor, survivor);
    const { kind, code, detail, errors, facts } = error;
    throw new Refusal(kind, code, detail, { errors, facts: { ...facts, survivor: { type, id } } });
  }
}
