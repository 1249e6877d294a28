import {
  type BoundTarget,
  deriveId,
  type ImportOptions,
  type Instant,
  type RecordType,
  Refusal,
  type RowIssue,
  type Uuid,
} from '#crm';
import type { Authority, Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import type { RecordCommands } from '../records/record-commands.handler.js';
import { recordTarget } from '../records/record-target.js';
import type { People } from '../records/references.js';
import type { SettingsSource } from '../settings/settings-source.port.js';
import type { DuplicateLookup } from './duplicate-lookup.port.js';
import { issuesOf, type PreparedRow, type ReadyRow } from './prepare-row.js';
import { rehearseCapture, rehearseUpdate } from './rehearse-row.js';
import { updateRecord } from './update-record.js';

/** What became of a row. */
export interface RowOutcome {
  readonly line: number;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'differs' | 'skipped' | 'failed';
  readonly issues: readonly RowIssue[];
}

/** What rows are carried out with. */
export interface RowSurroundings {
  readonly executor: Executor;
  readonly records: RecordCommands;
  readonly people: People;
  readonly settings: SettingsSource;
  readonly duplicates: DuplicateLookup;
  readonly now: () => Instant;
}

/** The import that a row belongs to. */
export interface RowsImport {
  readonly id: Uuid;
  readonly recordType: RecordType;
  readonly options: ImportOptions;
  readonly header: readonly string[];
  readonly bound: readonly BoundTarget[];
  readonly authority: Authority;
}

/** Most records and lines told of a duplicate. */
const TOLD = 5;

/**
 * Carries a row out as a command of its own; the same row again meets what it did. In a dry run all is checked alike and
 * nothing recorded.
 * @throws whatever is no refusal: the row can be carried out again
 */
export async function carryOutRow(
  row: PreparedRow,
  of: RowsImport,
  around: RowSurroundings,
): Promise<RowOutcome> {
  const { line } = row;
  if (row.kind === 'empty') return { line, outcome: 'skipped', issues: [] };
  if (row.kind === 'wrong') return { line, outcome: 'failed', issues: row.issues };
  try {
    return await carryOut(row, of, around);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, detail, errors } = error;
    const issues: readonly RowIssue[] =
      errors.length > 0
        ? issuesOf(line, errors, of.bound, of.header)
        : [{ kind: 'error', line, code, message: detail }];
    return { line, outcome: 'failed', issues };
  }
}

async function carryOut(
  row: ReadyRow,
  of: RowsImport,
  around: RowSurroundings,
): Promise<RowOutcome> {
  const { line, request } = row;
  const { recordType, options } = of;
  const envelope = envelopeOf(row, of, around.now());
  const recordId = deriveId(row.commandId, recordType);
  const there = await around.executor.load(recordTarget(recordType, recordId));
  if (there.revision >= 0) {
    const known = there.outcomes.get(row.commandId);
    if (known?.commandHash === row.content) return { line, outcome: 'unchanged', issues: [] };
    if (options.onExisting !== 'update')
      return { line, outcome: 'differs', issues: [differs(line)] };
    const update = options.dryRun ? rehearseUpdate : updateRecord;
    const changed = await update(there.state, request.command, envelope, around);
    return { line, outcome: changed ? 'updated' : 'unchanged', issues: [] };
  }
  if (row.repeats === 'same') return { line, outcome: 'unchanged', issues: [] };
  if (row.repeats === 'other') {
    return options.onExisting === 'update'
      ? { line, outcome: 'updated', issues: [] }
      : { line, outcome: 'differs', issues: [differs(line)] };
  }
  const duplicate = await duplicateOf(row, of, around);
  const issues = duplicate ? [duplicate.issue] : [];
  if (duplicate?.sameType && options.skipDuplicates) return { line, outcome: 'skipped', issues };
  if (options.dryRun) {
    await rehearseCapture(recordType, recordId, request.command, envelope, around);
  } else {
    await around.records.capture(recordType, request.command, envelope);
  }
  return { line, outcome: 'created', issues };
}

function envelopeOf(
  { commandId, content, request: { occurredAt } }: ReadyRow,
  { id, authority }: RowsImport,
  now: Instant,
): Envelope {
  if (occurredAt !== undefined && occurredAt > now) {
    throw new Refusal('invalid', 'invalid_fields', 'Some values cannot be accepted.', {
      errors: [{ path: 'occurredAt', code: 'in_the_future', message: 'This is in the future.' }],
    });
  }
  return {
    authority,
    commandId,
    commandHash: content,
    correlationId: id,
    causationId: id,
    fresh: false,
    ...(occurredAt !== undefined && { occurredAt }),
  };
}

async function duplicateOf(
  { line, keys, earlier }: ReadyRow,
  { recordType, authority }: RowsImport,
  { duplicates }: RowSurroundings,
): Promise<{ readonly issue: RowIssue; readonly sameType: boolean } | undefined> {
  if (keys.size === 0) return undefined;
  const bearers = await duplicates.find(recordType, [...keys.keys()], authority);
  const shared = [...earlier.keys(), ...bearers.flatMap((bearer) => bearer.keys)];
  if (shared.length === 0) return undefined;
  const kinds = [...new Set(shared.flatMap((text) => keys.get(text)?.kind ?? []))];
  const issue: RowIssue = {
    kind: 'duplicate',
    line,
    code: 'duplicate',
    message: `Shares with another: ${kinds.join(', ')}.`,
    keys: kinds,
    records: bearers.slice(0, TOLD).map(({ type, id }) => ({ type, id })),
    lines: [...new Set(earlier.values())].slice(0, TOLD),
  };
  return { issue, sameType: earlier.size > 0 || bearers.some(({ type }) => type === recordType) };
}

function differs(line: number): RowIssue {
  const message = 'The record was imported before with another content, and stays as it is.';
  return { kind: 'error', line, code: 'differs', message };
}
