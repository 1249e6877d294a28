import type { Attachment, FieldValue, Instant, Position, RecordRef, Revision, Uuid } from '#crm';

/** One line of a record's history, in words. */
export interface TimelineEntry {
  /** The event's. */
  readonly id: Uuid;
  readonly position: Position;
  readonly revision: Revision;
  readonly type: string;
  /** When it happened, and when it was recorded. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly actor: { readonly id: string; readonly name: string };
  /** A sentence in the reader's language. */
  readonly text: string;
  readonly changes: readonly TimelineChange[];
  /** Of a merge: the values that were not taken, each with the record it was in. */
  readonly lost?: readonly TimelineLostValue[];
  /** How many more there were than the event could hold; each is in the history of the record it was in. */
  readonly unlistedLost?: number;
  readonly note?: string;
  readonly attachments: readonly Attachment[];
  readonly links: readonly TimelineLinkTo[];
  /** The record whose history it is from, or whom an activity was about, when it is not the record's own. */
  readonly origin?: RecordRef;
  /** The personal part is gone for ever. */
  readonly erased?: true;
}

export interface TimelineChange {
  readonly field: string;
  readonly label: string;
  readonly from?: FieldValue;
  readonly to?: FieldValue;
  readonly fromText?: string;
  readonly toText?: string;
  /** Of a merge: from whom the value is. */
  readonly sources?: readonly RecordRef[];
}

export interface TimelineLostValue {
  readonly record: RecordRef;
  readonly field: string;
  readonly label: string;
  readonly value: FieldValue;
  readonly text: string;
  /** Only the beginning of the value; the whole is in the record's own history. */
  readonly shortened?: true;
}

export interface TimelineLinkTo {
  readonly type: RecordRef['type'] | 'activity';
  readonly id: Uuid;
  /** Absent when the reader may not know it. */
  readonly name?: string;
}
