import type { DecisionContext } from '../kernel/decider.js';
import { Refusal, refuseInvalid } from '../kernel/refusal.js';
import { applyChanges } from './apply-changes.js';
import { type Assignee, assigneeOf, type Change, change } from './change.js';
import { decideNotes } from './decide-notes.js';
import { type FieldValue, sameValue } from './field.js';
import { asListed, refuseUnlisted } from './listed-values.js';
import { presentValues } from './present-values.js';
import { readTags } from './read-tags.js';
import { type ReadValues, readValues } from './read-values.js';
import type {
  AssignRecord,
  CaptureRecord,
  DeleteRecord,
  EditRecord,
  RecordCommand,
  TagRecord,
} from './record-commands.js';
import { type CapturedData, type RecordEvent, recordEvent } from './record-events.js';
import { fieldValue, type RecordState } from './record-state.js';
import { requireLive } from './require-live.js';
import { refuseMissing } from './required-fields.js';
import { readId } from './values/id.js';
import { brokenRule, InputReading } from './values/input-reading.js';
import { readLongText } from './values/text.js';

/** Decides what every record type can be asked. */
export function decideRecord(
  state: RecordState,
  command: RecordCommand,
  context: DecisionContext,
): readonly RecordEvent[] {
  if (command.kind === 'capture') return capture(state, command, context);
  if (command.kind === 'restore') return restore(state);
  if (command.kind === 'delete' && state.lifecycle === 'deleted') return [];
  requireLive(state);
  switch (command.kind) {
    case 'edit':
      return edit(state, command, context);
    case 'tag':
      return tag(state, command);
    case 'assign':
      return assign(state, command);
    case 'delete':
      return remove(state, command);
    default:
      return decideNotes(state, command, context);
  }
}

/**
 * What a capture would record, after every check. Record types that need more in it (a stage) add it themselves.
 * @throws Refusal `record_exists`, `invalid_fields`, `unknown_catalogue_value`, `required_fields`, `empty_record`
 */
export function capturedData(
  state: RecordState,
  command: CaptureRecord,
  { settings }: DecisionContext,
): CapturedData {
  if (state.lifecycle !== 'absent') {
    throw new Refusal('conflict', 'record_exists', `The ${state.type} is there already.`);
  }
  const read = readValues(state.type, command.fields, command.custom, settings);
  const tags = readTags(command.tags);
  refuseInvalid([...read.errors, ...tags.errors]);
  const { fields, unlisted } = asListed(state.type, read.fields, settings);
  refuseUnlisted(unlisted);
  const data: CapturedData = {
    fields: presentValues(fields),
    custom: presentValues(read.custom),
    tags: tags.values,
    ...readAssignee(command),
  };
  refuseMissing(state.type, data, settings);
  if (Object.keys(data.fields).length + Object.keys(data.custom).length === 0) {
    throw brokenRule('empty_record', 'body', `Tell at least one thing about the ${state.type}.`);
  }
  return data;
}

function capture(state: RecordState, command: CaptureRecord, context: DecisionContext) {
  return [recordEvent(state, 'Captured', capturedData(state, command, context))];
}

function restore(state: RecordState): readonly RecordEvent[] {
  if (state.lifecycle === 'deleted') return [recordEvent(state, 'Restored', {})];
  requireLive(state);
  return [];
}

function edit(
  state: RecordState,
  command: EditRecord,
  { settings }: DecisionContext,
): readonly RecordEvent[] {
  const read = readValues(state.type, command.fields, command.custom, settings, state.custom);
  refuseInvalid(read.errors);
  const { fields, unlisted } = asListed(state.type, read.fields, settings, state.fields);
  refuseUnlisted(unlisted);
  const changes = changesTo(state, { fields, custom: read.custom });
  if (changes.length === 0) return [];
  refuseMissing(
    state.type,
    applyChanges(state, changes),
    settings,
    new Set(changes.map(({ field }) => field)),
  );
  return [recordEvent(state, 'Edited', { changes })];
}

/** The changes that bring a record to the values read; values it has already are none. */
export function changesTo(
  state: RecordState,
  read: Pick<ReadValues, 'fields' | 'custom'>,
): readonly Change[] {
  const wanted: (readonly [string, FieldValue | null])[] = [
    ...Object.entries(read.fields),
    ...Object.entries(read.custom).map(([key, value]) => [`custom.${key}`, value] as const),
  ];
  return wanted.flatMap(([field, to]) => {
    const from = fieldValue(state, field);
    return sameValue(from, to) ? [] : [change(field, from, to ?? undefined)];
  });
}

function tag(state: RecordState, command: TagRecord): readonly RecordEvent[] {
  const add = readTags(command.add, 'add');
  const remove = readTags(command.remove, 'remove');
  refuseInvalid([...add.errors, ...remove.errors]);
  const removed = remove.values.filter((tag) => state.tags.includes(tag));
  const added = add.values.filter(
    (tag) => !state.tags.includes(tag) && !remove.values.includes(tag),
  );
  return added.length + removed.length === 0
    ? []
    : [recordEvent(state, 'Tagged', { added, removed })];
}

function remove(state: RecordState, command: DeleteRecord): readonly RecordEvent[] {
  const reading = new InputReading();
  const reason = reading.optional(readLongText, command.reason, 'reason');
  reading.finish();
  return [recordEvent(state, 'Deleted', reason === undefined ? {} : { reason })];
}

function assign(state: RecordState, command: AssignRecord): readonly RecordEvent[] {
  const wanted = readAssignee(command);
  const from = assigneeOf(state);
  const to = assigneeOf({
    ownerId: command.ownerId === undefined ? state.ownerId : wanted.ownerId,
    teamId: command.teamId === undefined ? state.teamId : wanted.teamId,
  });
  return sameValue(from, to) ? [] : [recordEvent(state, 'Assigned', { from, to })];
}

/** Ids of an owner and a team; whether there are such is not known here. */
function readAssignee(command: Pick<AssignRecord, 'ownerId' | 'teamId'>): Assignee {
  const reading = new InputReading();
  const ownerId = reading.optional(readId, command.ownerId, 'ownerId');
  const teamId = reading.optional(readId, command.teamId, 'teamId');
  reading.finish();
  return assigneeOf({ ownerId, teamId });
}
