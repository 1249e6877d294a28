import { pipeline, type Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { Delimiter } from '#crm';
import { isError } from '#platform';
import { ContentProblem } from './content-problem.js';
import { MAX_ROW_BYTES } from './content-scan.js';

/** A row as the file has it. Empty lines are none. */
export interface CsvRow {
  /** Where it begins, from 1; a quoted cell may go on for further lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

interface Parsed {
  readonly record: string[];
  readonly raw: string;
}

/**
 * Reads a file's rows, the header first, holding no more than a few at a time. A quote within a cell that does not begin
 * with one stands for itself.
 * @throws ContentProblem
 */
export async function* readRows(source: Readable, delimiter: Delimiter): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    delimiter,
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 2 * MAX_ROW_BYTES,
  });
  // Errors of either come out of the iteration below.
  pipeline(source, parser, () => undefined);
  let line = 1;
  try {
    for await (const { record, raw } of parser as AsyncIterable<Parsed>) {
      const cells = record;
      if (cells.length > 1 || cells[0] !== '' || raw.startsWith('"')) yield { line, cells };
      line += linesIn(raw);
    }
  } catch (error) {
    throw isCsvError(error)
      ? new ContentProblem('not_csv', 'The file cannot be read as CSV from here on.', line)
      : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** Line breaks in a row's text, its last included. */
function linesIn(raw: string): number {
  let count = 0;
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code === 10 || (code === 13 && raw.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}

function isCsvError(error: unknown): error is CsvError {
  return isError(error) && 'code' in error && String(error.code).startsWith('CSV_');
}
