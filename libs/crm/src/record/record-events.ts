import type { AssignedByRule, PassedRule } from '../assignment/assigned-by.js';
import type { DomainEvent } from '../kernel/event.js';
import {
  defineEvent,
  type EventDefinition,
  type PersonalParts,
} from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';
import { type MergeEvent, mergeEventDefinitions } from '../merging/merge-events.js';
import type { Assignee, Change } from './change.js';
import type { FieldDefinition, FieldValues } from './field.js';
import type {
  Attachment,
  CustomValues,
  Origin,
  RecordState,
  UndoneConversion,
} from './record-state.js';
import { type RecordName, recordName } from './record-type.js';

export type CapturedData = {
  readonly fields: FieldValues;
  readonly custom: CustomValues;
  readonly tags: readonly string[];
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  /** For staged record types. */
  readonly pipelineId?: string;
  readonly stageId?: string;
  /** Of opportunities: what the stage is worth, 0–100. Absent from events that were written before it was kept. */
  readonly stageProbability?: number;
  /** Set when a conversion created the record. */
  readonly origin?: Origin;
  /** Of opportunities: assignment rules that held for it and could not be followed, where none could. */
  readonly passedRules?: readonly PassedRule[];
};
/** Set when the undoing of a conversion did it. Absent from events that were written before conversions could be undone. */
export type ByUndoing = { readonly undo?: UndoneConversion };
export type EditedData = {
  readonly changes: readonly Change[];
  /** Set when a conversion updated the record. */
  readonly origin?: Origin;
  /** What a conversion or its undoing was to change but found changed since it was planned, and so left alone. */
  readonly skipped?: readonly string[];
} & ByUndoing;
export type TaggedData = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
} & ByUndoing;
export type AssignedData = {
  readonly from: Assignee;
  readonly to: Assignee;
  /** Set when an assignment rule did it. */
  readonly by?: AssignedByRule;
} & ByUndoing;
export type NoteAddedData = {
  readonly noteId: Uuid;
  readonly text: string;
  readonly attachments: readonly Attachment[];
};
export type NoteEditedData = { readonly noteId: Uuid; readonly from: string; readonly to: string };
export type NoteRemovedData = { readonly noteId: Uuid };
export type AttachmentsAddedData = { readonly attachments: readonly Attachment[] };
export type AttachmentRemovedData = { readonly attachmentId: Uuid };
export type DeletedData = { readonly reason?: string } & ByUndoing;
export type RestoredData = Readonly<Record<string, never>>;

/** The events that every record type has, with the type's name in front: `LeadCaptured`, `ContactEdited`. */
export type RecordEvent<Name extends RecordName = RecordName> =
  | DomainEvent<`${Name}Captured`, CapturedData>
  | DomainEvent<`${Name}Edited`, EditedData>
  | DomainEvent<`${Name}Tagged`, TaggedData>
  | DomainEvent<`${Name}Assigned`, AssignedData>
  | DomainEvent<`${Name}NoteAdded`, NoteAddedData>
  | DomainEvent<`${Name}NoteEdited`, NoteEditedData>
  | DomainEvent<`${Name}NoteRemoved`, NoteRemovedData>
  | DomainEvent<`${Name}AttachmentsAdded`, AttachmentsAddedData>
  | DomainEvent<`${Name}AttachmentRemoved`, AttachmentRemovedData>
  | DomainEvent<`${Name}Deleted`, DeletedData>
  | DomainEvent<`${Name}Restored`, RestoredData>
  | MergeEvent<Name>;

/** What follows the record's name in a common event's type. */
export type RecordVerb = RecordEvent<'Lead'>['type'] extends `Lead${infer Verb}` ? Verb : never;

/** An event of the record's own type: `Edited` of a lead is `LeadEdited`. */
export function recordEvent<Verb extends RecordVerb>(
  state: Pick<RecordState, 'type'>,
  verb: Verb,
  data: Extract<RecordEvent<'Lead'>, { type: `Lead${Verb}` }>['data'],
): RecordEvent {
  return { type: `${recordName(state.type)}${verb}`, data } as RecordEvent;
}

function paths(...personal: string[]): PersonalParts {
  return { paths: personal, changedFields: [] };
}

/** Definitions of the common events of a record type. Custom values count as personal, since anything may be in them. */
export function recordEventDefinitions<Name extends RecordName>(
  name: Name,
  fields: readonly FieldDefinition[],
): readonly EventDefinition[] {
  const personal = fields.filter((field) => field.personal).map((field) => field.name);
  const noun = name.toLowerCase();
  return [
    defineEvent(
      `${name}Captured`,
      `The ${noun} came into being.`,
      paths(...personal.map((field) => `fields.${field}`), 'custom'),
    ),
    defineEvent(`${name}Edited`, `Fields of the ${noun} got other values.`, {
      paths: [],
      changedFields: [...personal, 'custom'],
    }),
    defineEvent(`${name}Tagged`, `Tags of the ${noun} were added or removed.`),
    defineEvent(`${name}Assigned`, `The ${noun} got another owner or team.`),
    defineEvent(
      `${name}NoteAdded`,
      `A note was written on the ${noun}.`,
      paths('text', 'attachments'),
    ),
    defineEvent(`${name}NoteEdited`, `A note on the ${noun} was rewritten.`, paths('from', 'to')),
    defineEvent(`${name}NoteRemoved`, `A note on the ${noun} was taken away.`),
    defineEvent(
      `${name}AttachmentsAdded`,
      `Files were attached to the ${noun}.`,
      paths('attachments'),
    ),
    defineEvent(`${name}AttachmentRemoved`, `A file was taken off the ${noun}.`),
    defineEvent(`${name}Deleted`, `The ${noun} was deleted; its history stays.`, paths('reason')),
    defineEvent(`${name}Restored`, `The deleted ${noun} was brought back.`),
    ...mergeEventDefinitions(name, [...personal, 'custom']),
  ];
}
