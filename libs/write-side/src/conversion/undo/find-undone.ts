import {
  type AnyRecordState,
  type ConversionSummary,
  conversionEffectId,
  doneBy,
  type FoundForUndo,
  type RecordRef,
  recordStream,
  type TargetType,
  UNDO_ORDER,
  type UndoTarget,
  type Uuid,
} from '#crm';
import type { Authority } from '../../execution/envelope.js';
import type { Folded } from '../../execution/stream-cache.js';
import { recordTarget } from '../../records/record-target.js';
import { type UsesOptions, usesOf } from './uses-of.js';

/** More events than a conversion appends to one record. */
const MOST_APPENDED = 8;

/** The records that a conversion created or updated, with what it did to each and what uses them since. */
export async function findUndone(
  conversion: ConversionSummary,
  authority: Pick<Authority, 'may'>,
  options: UsesOptions,
): Promise<FoundForUndo> {
  const found = await Promise.all(
    UNDO_ORDER.map(async (type) => {
      const id = conversion[`${type}Id`];
      const action = conversion.actions[type];
      if (id === undefined || action === undefined || action === 'link') return [];
      return [[type, await targetOf(type, id, conversion.id, authority, options)] as const];
    }),
  );
  return Object.fromEntries(found.flat());
}

async function targetOf(
  type: TargetType,
  plannedId: Uuid,
  conversionId: Uuid,
  authority: Pick<Authority, 'may'>,
  options: UsesOptions,
): Promise<UndoTarget> {
  const commandId = conversionEffectId(conversionId, type);
  const { ref, folded } = await whereDone({ type, id: plannedId }, commandId, options);
  const { state, revision } = folded;
  const last = folded.outcomes.get(commandId);
  if (!last) return { state, revision, uses: [] };
  const { events } = await options.log.readStream({
    stream: recordStream(ref.type, ref.id),
    from: Math.max(0, last.revision + 1 - MOST_APPENDED),
    limit: MOST_APPENDED,
  });
  const did = doneBy(commandId, type, events);
  const uses =
    did?.kind === 'created'
      ? await usesOf({ record: state, conversionId }, authority, options)
      : [];
  return { state, revision, ...(did && { did }), uses };
}

/** A record that was merged away before the conversion reached it was updated where it had gone to. */
async function whereDone(
  planned: RecordRef,
  commandId: Uuid,
  { executor }: UsesOptions,
): Promise<{ readonly ref: RecordRef; readonly folded: Folded<AnyRecordState> }> {
  const seen = new Set<Uuid>();
  for (let ref = planned; ; ) {
    const folded = await executor.load(recordTarget(ref.type, ref.id));
    const { mergedInto } = folded.state;
    if (folded.outcomes.has(commandId) || !mergedInto || seen.has(mergedInto.id)) {
      return { ref, folded };
    }
    seen.add(ref.id);
    ref = mergedInto;
  }
}
