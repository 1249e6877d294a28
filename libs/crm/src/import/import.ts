import type { Decider } from '../kernel/decider.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import type { RecordType } from '../record/record-type.js';
import {
  type ImportCounts,
  type ImportEvent,
  type ImportFile,
  NO_ROWS,
  type RowIssue,
} from './import-events.js';
import type { ImportMapping, ImportOptions } from './import-mapping.js';
import { refuseUnreadable } from './read-mapping.js';

export type ImportStatus = 'absent' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** An import as far as it got. What it had to tell about rows is in its events. */
export interface ImportState {
  readonly id: Uuid;
  /** `waiting`: for its file. */
  readonly status: ImportStatus;
  readonly recordType: RecordType;
  /** Undefined until the file's header is known, when none was given. */
  readonly mapping?: ImportMapping;
  readonly options: ImportOptions;
  readonly file?: ImportFile;
  /** Who imports: the actor of every event. */
  readonly by: Uuid;
  readonly requestedAt: Instant;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly upToLine: number;
  readonly rows: number;
  readonly counts: ImportCounts;
  /** How many issues were recorded. */
  readonly issues: number;
  readonly failure?: { readonly code: string; readonly message: string; readonly line?: number };
}

export type ImportCommand =
  | {
      readonly kind: 'request';
      readonly recordType: RecordType;
      readonly mapping?: ImportMapping;
      readonly options: ImportOptions;
    }
  | { readonly kind: 'start'; readonly mapping: ImportMapping; readonly file: ImportFile }
  | {
      readonly kind: 'progress';
      readonly upToLine: number;
      readonly rows: number;
      readonly counts: ImportCounts;
      readonly issues: readonly RowIssue[];
    }
  | { readonly kind: 'complete' }
  | {
      readonly kind: 'fail';
      readonly code: string;
      readonly message: string;
      readonly line?: number;
    }
  | { readonly kind: 'cancel' };

/** The stream of one import. */
export function importStream(id: Uuid): string {
  return `import-${id}`;
}

/** The rules of an import (PRODUCT.md P10). */
export const importDecider: Decider<ImportState, ImportCommand, ImportEvent> = {
  initial: (id: Uuid) => ({
    id,
    status: 'absent',
    recordType: 'lead',
    options: {},
    by: '',
    requestedAt: '',
    upToLine: 0,
    rows: 0,
    counts: NO_ROWS,
    issues: 0,
  }),
  decide(state, command, { settings }): readonly ImportEvent[] {
    if (command.kind === 'request') {
      if (state.status !== 'absent') {
        throw new Refusal('conflict', 'import_exists', 'The import is there already.');
      }
      const { recordType, mapping, options } = command;
      refuseUnreadable(recordType, mapping, options, settings);
      return [
        { type: 'ImportRequested', data: { recordType, ...(mapping && { mapping }), options } },
      ];
    }
    if (state.status === 'absent') {
      throw new Refusal('not-found', 'import_not_found', 'There is no such import.');
    }
    if (command.kind === 'start') {
      if (state.status === 'waiting') {
        const { mapping, file } = command;
        return [{ type: 'ImportStarted', data: { mapping, file } }];
      }
      // The same file again asks for what is under way or done already.
      if (state.file?.sha256 === command.file.sha256) return [];
      throw over(state, 'The import has its file already.');
    }
    if (command.kind === 'cancel') {
      if (state.status === 'cancelled') return [];
      if (state.status === 'waiting' || state.status === 'running') {
        return [{ type: 'ImportCancelled', data: {} }];
      }
      throw over(state, 'The import is over.');
    }
    if (state.status !== 'running') throw over(state, 'The import is not running.');
    switch (command.kind) {
      case 'progress': {
        const { upToLine, rows, counts, issues } = command;
        if (upToLine <= state.upToLine) return [];
        return [{ type: 'ImportProgressed', data: { upToLine, rows, counts, issues } }];
      }
      case 'complete':
        return [{ type: 'ImportCompleted', data: {} }];
      case 'fail': {
        const { code, message, line } = command;
        const data = { code, message, ...(line !== undefined && { line }) };
        return [{ type: 'ImportFailed', data }];
      }
    }
  },
  evolve(state, event) {
    const at = event.metadata.occurredAt;
    switch (event.type) {
      case 'ImportRequested': {
        const { recordType, mapping, options } = event.data;
        const asked = { recordType, options, ...(mapping && { mapping }) };
        return {
          ...state,
          ...asked,
          status: 'waiting',
          by: event.metadata.actor.id,
          requestedAt: at,
        };
      }
      case 'ImportStarted':
        return { ...state, ...event.data, status: 'running', startedAt: at };
      case 'ImportProgressed': {
        const { upToLine, rows, counts, issues } = event.data;
        return { ...state, upToLine, rows, counts, issues: state.issues + issues.length };
      }
      case 'ImportCompleted':
        return { ...state, status: 'done', finishedAt: at };
      case 'ImportFailed':
        return { ...state, status: 'failed', finishedAt: at, failure: event.data };
      case 'ImportCancelled':
        return { ...state, status: 'cancelled', finishedAt: at };
      default: {
        const unknown: never = event;
        void unknown;
        return state;
      }
    }
  },
};

function over({ status }: ImportState, detail: string): Refusal {
  return new Refusal('conflict', `import_${status}`, detail, { facts: { state: status } });
}
