import { deciderOf } from '../src/all-deciders.js';
import type { DecisionContext } from '../src/kernel/decider.js';
import type { DomainEvent, Happened } from '../src/kernel/event.js';
import { deriveId, type Uuid } from '../src/kernel/ids.js';
import { passageOf } from '../src/merging/decide-merging.js';
import type { MergeRequest } from '../src/merging/merge-request.js';
import { type MergeOutlook, planMerge } from '../src/merging/plan-merge.js';
import { planMergeUndo } from '../src/merging/plan-merge-undo.js';
import type { Above } from '../src/merging/revert-upwards.js';
import type { UndoDecisions } from '../src/merging/undo-decisions.js';
import { recordEvent } from '../src/record/record-events.js';
import type { RecordState } from '../src/record/record-state.js';
import { type RecordRef, type RecordType, recordStream, refOf } from '../src/record/record-type.js';
import type { Settings } from '../src/settings/settings.js';
import { contextWith, minutes } from './given.js';

const NAMESPACE = '77777777-7777-4777-8777-777777777777';

/** Records in memory that are merged by the domain's rules alone, every effect at once. */
export function createRegister(initially: Settings) {
  let settings = initially;
  const streams = new Map<string, { readonly ref: RecordRef; readonly events: Happened[] }>();
  const states = new Map<string, RecordState>();
  const survivors = new Map<Uuid, RecordRef>();
  let commands = 0;

  const keyOf = ({ type, id }: RecordRef) => recordStream(type, id);
  const context = (): DecisionContext => {
    commands += 1;
    const now = minutes(commands);
    const commandId = deriveId(NAMESPACE, `command ${commands}`);
    return contextWith({ now, occurredAt: now, commandId, settings });
  };
  const state = (ref: RecordRef): RecordState =>
    states.get(keyOf(ref)) ?? deciderOf(ref.type).initial(ref.id);
  const append = (ref: RecordRef, events: readonly DomainEvent[], under: DecisionContext) => {
    const stream = streams.get(keyOf(ref)) ?? { ref, events: [] };
    streams.set(keyOf(ref), stream);
    for (const event of events) {
      const { actor, occurredAt, commandId } = under;
      const metadata = { actor, occurredAt, commandId, correlationId: commandId };
      const happened = { ...event, metadata: { ...metadata, recordedAt: occurredAt } };
      stream.events.push(happened);
      states.set(keyOf(ref), deciderOf(ref.type).evolve(state(ref), happened));
    }
  };
  const run = (ref: RecordRef, command: object) => {
    const under = context();
    append(ref, deciderOf(ref.type).decide(state(ref), command, under), under);
  };
  const absorbedBy = (ref: RecordRef) => state(ref).absorbed.map(state);

  /** Those that a record was merged into since, the nearest first. */
  function chainOf(ref: RecordRef): readonly Above[] {
    const chain: Above[] = [];
    for (let inner = state(ref); inner.lifecycle === 'merged' && inner.mergedInto; ) {
      const holder = state(inner.mergedInto);
      if (!passageOf(holder, inner)) throw new Error('A chain with a link missing.');
      chain.push({ holder, absorbed: absorbedBy(holder) });
      inner = holder;
    }
    return chain;
  }

  return {
    state,
    run,
    settings: () => settings,
    /** Retires a custom field of all record types. */
    retire(key: string) {
      const customFields = settings.customFields.map((field) =>
        field.key === key ? { ...field, retired: true } : field,
      );
      settings = { ...settings, customFields };
    },
    refs: (): readonly RecordRef[] => [...streams.values()].map(({ ref }) => ref),
    merges: () => survivors,
    capture(type: RecordType, values: object, more: object = {}): RecordRef {
      const ref = { type, id: deriveId(NAMESPACE, `${type} ${streams.size}`) };
      run(ref, { kind: 'capture', fields: values, custom: {}, tags: [], ...more });
      return ref;
    },
    edit(ref: RecordRef, fields: object, custom: object = {}) {
      run(ref, { kind: 'edit', fields, custom });
    },
    preview(request: MergeRequest): MergeOutlook {
      const standing = request.records.map((ref) => ({ state: state(ref), revision: 0 }));
      return planMerge(request, standing, context());
    },
    merge(request: MergeRequest): Uuid {
      const { survivor, plan, obstacles } = this.preview(request);
      if (!plan) throw obstacles[0] ?? new Error('No plan.');
      const under = context();
      const { mergeId } = plan;
      append(survivor, [recordEvent(survivor, 'RecordsMerged', plan)], under);
      const away = { mergeId, survivor: refOf(survivor) };
      for (const ref of plan.records)
        append(ref, [recordEvent(state(ref), 'MergedAway', away)], under);
      append(survivor, [recordEvent(survivor, 'MergeCompleted', { mergeId })], under);
      survivors.set(mergeId, refOf(survivor));
      settings = { ...settings, customFields: [...settings.customFields, ...plan.definitions] };
      return mergeId;
    },
    undoing(mergeId: Uuid, decisions: UndoDecisions = {}) {
      const survivor = survivors.get(mergeId);
      if (!survivor) throw new Error('There is no such merge.');
      const absorbed = absorbedBy(survivor);
      const found = { survivor: state(survivor), absorbed, chain: chainOf(survivor) };
      return planMergeUndo(found, mergeId, decisions, context());
    },
    undo(mergeId: Uuid, decisions: UndoDecisions = {}) {
      const outlook = this.undoing(mergeId, decisions);
      const survivor = survivors.get(mergeId) as RecordRef;
      const { undoId, records } = outlook.plan;
      const under = context();
      append(survivor, [recordEvent(survivor, 'MergeUndone', outlook.plan)], under);
      for (const { record, reverts } of outlook.above)
        append(record, [recordEvent(record, 'MergeReverted', reverts)], context());
      for (const ref of records)
        append(ref, [recordEvent(ref, 'Unmerged', { undoId, mergeId, survivor })], under);
      append(survivor, [recordEvent(survivor, 'MergeUndoCompleted', { undoId, mergeId })], under);
      return outlook;
    },
    /** Folded from the events again. */
    replayed: (ref: RecordRef): RecordState =>
      (streams.get(keyOf(ref))?.events ?? []).reduce(
        (folded, event) => deciderOf(ref.type).evolve(folded, event),
        deciderOf(ref.type).initial(ref.id),
      ),
    events: (ref: RecordRef): readonly Happened[] => streams.get(keyOf(ref))?.events ?? [],
  };
}
export type Register = ReturnType<typeof createRegister>;

/** What people see of a record: all that undoing a merge has to bring back. */
export function visible({ lifecycle, fields, custom, tags, ownerId, teamId }: RecordState) {
  const sorted = [...tags].sort();
  return { lifecycle, fields, custom, tags: sorted, owner: { ownerId, teamId } };
}
