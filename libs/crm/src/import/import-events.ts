import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { RecordRef, RecordType } from '../record/record-type.js';
import type { Delimiter, ImportMapping, ImportOptions } from './import-mapping.js';

/** What became of the rows so far. Every row is one of the first six; `duplicates` counts among them. */
export type ImportCounts = {
  readonly created: number;
  readonly updated: number;
  /** The record was there as the row has it: an earlier import made it. */
  readonly unchanged: number;
  /** The record was there with another content, and stays so. */
  readonly differs: number;
  /** Empty rows, and duplicates that were not wanted. */
  readonly skipped: number;
  readonly failed: number;
  /** Rows that share a match key with a record or an earlier row. */
  readonly duplicates: number;
};

export const NO_ROWS: ImportCounts = {
  created: 0,
  updated: 0,
  unchanged: 0,
  differs: 0,
  skipped: 0,
  failed: 0,
  duplicates: 0,
};

/** Something to tell about a row. No value of the row is in it. */
export type RowIssue = {
  readonly kind: 'error' | 'duplicate';
  /** Where the row begins in the file, from 1. */
  readonly line: number;
  /** Header of the column, where one is to blame. */
  readonly column?: string;
  /** The target that it is mapped to: `phones.1`, `custom.budget`. */
  readonly field?: string;
  readonly code: string;
  readonly message: string;
  /** Of a duplicate: what is shared, with which records that the importer may read, and with which earlier rows. */
  readonly keys?: readonly string[];
  readonly records?: readonly RecordRef[];
  readonly lines?: readonly number[];
};

export type ImportFile = {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Rows after the header, empty lines not counted. */
  readonly rows: number;
  readonly delimiter: Delimiter;
  /** Columns that nothing is mapped to, at most 100. */
  readonly unmapped: readonly string[];
};

export type ImportRequested = DomainEvent<
  'ImportRequested',
  {
    readonly recordType: RecordType;
    /** Left out: by the file's header. */
    readonly mapping?: ImportMapping;
    readonly options: ImportOptions;
  }
>;
export type ImportStarted = DomainEvent<
  'ImportStarted',
  { readonly mapping: ImportMapping; readonly file: ImportFile }
>;
/** `upToLine`, `rows` and `counts` are totals; `issues` came since the event before. */
export type ImportProgressed = DomainEvent<
  'ImportProgressed',
  {
    readonly upToLine: number;
    readonly rows: number;
    readonly counts: ImportCounts;
    readonly issues: readonly RowIssue[];
  }
>;
export type ImportCompleted = DomainEvent<'ImportCompleted', Readonly<Record<string, never>>>;
export type ImportFailed = DomainEvent<
  'ImportFailed',
  { readonly code: string; readonly message: string; readonly line?: number }
>;
export type ImportCancelled = DomainEvent<'ImportCancelled', Readonly<Record<string, never>>>;

export type ImportEvent =
  | ImportRequested
  | ImportStarted
  | ImportProgressed
  | ImportCompleted
  | ImportFailed
  | ImportCancelled;

/** A mapping may name people in its constants, so it is sealed. */
const MAPPING = { paths: ['mapping'], changedFields: [] };

export const IMPORT_EVENTS: readonly EventDefinition[] = [
  defineEvent('ImportRequested', 'An import of a file was announced.', MAPPING),
  defineEvent('ImportStarted', 'The file of an import arrived; its rows are being read.', MAPPING),
  defineEvent('ImportProgressed', 'Rows of an import were done.'),
  defineEvent('ImportCompleted', 'All rows of an import were done.'),
  defineEvent('ImportFailed', 'An import could not go on.'),
  defineEvent('ImportCancelled', 'Somebody stopped an import; what it did stays.'),
];
