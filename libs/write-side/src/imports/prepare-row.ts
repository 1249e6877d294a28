import {
  type BoundTarget,
  contentOf,
  duplicateKeys,
  type FieldError,
  type ImportOptions,
  isColumn,
  keyOf,
  keyTarget,
  type MatchKey,
  type NameLookups,
  presentValues,
  type RecordType,
  type RowIssue,
  type RowRequest,
  readValues,
  rowCommandId,
  rowReader,
  type Settings,
  type Uuid,
} from '#crm';
import { HashIndex } from './hash-index.js';
import type { CsvRow } from './read-rows.js';

/** A row as far as it can be judged on its own and by the rows before it. */
export type PreparedRow =
  | { readonly kind: 'empty'; readonly line: number }
  | { readonly kind: 'wrong'; readonly line: number; readonly issues: readonly RowIssue[] }
  | ReadyRow;

export interface ReadyRow {
  readonly kind: 'ready';
  readonly line: number;
  readonly request: RowRequest;
  readonly commandId: Uuid;
  /** Names the content, to tell a repeat from another content under the same key. */
  readonly content: Uuid;
  /** In a dry run, what an earlier row under the same key asked for: the record would be there. */
  readonly repeats?: 'same' | 'other';
  readonly keys: ReadonlyMap<string, MatchKey>;
  /** Earlier rows by the text of the key that they share. */
  readonly earlier: ReadonlyMap<string, number>;
}

export interface FileReading {
  readonly recordType: RecordType;
  readonly importer: Uuid;
  readonly header: readonly string[];
  readonly bound: readonly BoundTarget[];
  readonly options: ImportOptions;
  readonly lookups: NameLookups;
  readonly settings: Settings;
}

/** Most issues told of one row. */
const ISSUES_PER_ROW = 10;

/** Prepares the rows of one file, from its first: what is repeated is known by what came before. */
export function rowPreparation(reading: FileReading): (row: CsvRow) => PreparedRow {
  const { recordType, importer, header, bound, options, lookups, settings } = reading;
  const read = rowReader(recordType, bound, options, lookups, settings);
  const key = keyTarget(bound, options);
  const ordinals = new HashIndex();
  const lines = new HashIndex();

  const identify = (content: Uuid, cells: readonly string[]) => {
    const name = keyOf(key, cells);
    if (name !== '') return rowCommandId(importer, recordType, { key: name });
    const ordinal = (ordinals.get(content) ?? 0) + 1;
    ordinals.set(content, ordinal);
    return rowCommandId(importer, recordType, { content, ordinal });
  };

  const commands = new HashIndex();
  const repeated = (commandId: Uuid, content: Uuid, line: number) => {
    const before = commands.get(commandId);
    const alike = commands.get(`${commandId} ${content}`);
    commands.set(commandId, line);
    commands.set(`${commandId} ${content}`, line);
    return before === undefined ? undefined : alike === undefined ? 'other' : 'same';
  };

  return ({ line, cells }) => {
    if (cells.every((cell) => cell.trim() === '')) return { kind: 'empty', line };
    if (cells.length !== header.length) {
      const message = `The row has ${cells.length} cells, the header ${header.length}.`;
      return {
        kind: 'wrong',
        line,
        issues: [{ kind: 'error', line, code: 'cell_count', message }],
      };
    }
    const request = read(cells);
    const { fields, custom } = request.command;
    const values = readValues(recordType, fields, custom, settings);
    const content = contentOf(request);
    const commandId = identify(content, cells);
    const errors = [...request.errors, ...values.errors];
    if (errors.length > 0) {
      return { kind: 'wrong', line, issues: issuesOf(line, errors, bound, header) };
    }
    const matched = { fields: presentValues(values.fields), custom: presentValues(values.custom) };
    const keys = duplicateKeys(recordType, matched, settings);
    const earlier = new Map<string, number>();
    for (const text of keys.keys()) {
      const first = lines.get(text);
      if (first === undefined) lines.set(text, line);
      else earlier.set(text, first);
    }
    const repeats = options.dryRun ? repeated(commandId, content, line) : undefined;
    return {
      ...{ kind: 'ready', line, request, commandId, content, keys, earlier },
      ...(repeats && { repeats }),
    };
  };
}

/** What is wrong with a row, each with the column to blame. */
export function issuesOf(
  line: number,
  errors: readonly FieldError[],
  bound: readonly BoundTarget[],
  header: readonly string[],
): readonly RowIssue[] {
  return errors.slice(0, ISSUES_PER_ROW).map(({ path, code, message }) => {
    const blamed = bound.find(({ target: { name } }) =>
      [name, `${name}Id`].some((own) => path === own || path.startsWith(`${own}.`)),
    );
    const column =
      blamed && isColumn(blamed.source) ? header[blamed.index ?? -1]?.slice(0, 100) : undefined;
    return { kind: 'error', line, ...(column && { column }), field: path, code, message };
  });
}
