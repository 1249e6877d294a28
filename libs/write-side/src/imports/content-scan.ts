import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type Delimiter, IMPORT_LIMITS } from '#crm';
import { ContentProblem } from './content-problem.js';
import { findDelimiter } from './find-delimiter.js';

/** What is known of a file once its bytes went by. */
export interface ScannedContent {
  readonly sha256: string;
  readonly bytes: number;
  /** After the header, empty lines not counted. */
  readonly rows: number;
  readonly delimiter: Delimiter;
}

/** Longest row in bytes: what one unclosed quote may make a reader hold. */
export const MAX_ROW_BYTES = 1_048_576;
/** The first line is looked at as a whole to find the delimiter; it is not longer than this. */
const LONGEST_HEADER = 65_536;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const [NUL, LF, CR, QUOTE] = [0x00, 0x0a, 0x0d, 0x22];

/** Looks at a file's bytes as they pass: their hash, that they are UTF-8, and where rows begin and end. */
export class ContentScan {
  private readonly hash = createHash('sha256');
  private bytes = 0;
  private held = Buffer.alloc(0);
  private delimiter: Delimiter | undefined;
  private code = 0;
  private state: 'field-start' | 'plain' | 'quoted' | 'quote-seen' = 'field-start';
  private afterCr = false;
  private line = 1;
  private quoteLine = 1;
  private rowLine = 1;
  private rowBytes = 0;
  private rows = 0;
  private cut = Buffer.alloc(0);

  /** @param given the delimiter, when it need not be found */
  constructor(private readonly given?: Delimiter) {}

  /** @throws ContentProblem */
  update(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > IMPORT_LIMITS.bytes) {
      const limit = IMPORT_LIMITS.bytes / 1_048_576;
      throw new ContentProblem('file_too_large', `The file is larger than ${limit} MiB.`);
    }
    this.hash.update(chunk);
    if (this.delimiter !== undefined) {
      this.walk(chunk);
      return;
    }
    this.held = Buffer.concat([this.held, chunk]);
    if (this.held.length >= LONGEST_HEADER || this.held.includes(LF)) this.begin();
  }

  /** @throws ContentProblem */
  finish(): ScannedContent {
    if (this.delimiter === undefined) this.begin();
    if (this.cut.length > 0) throw this.notUtf8();
    if (this.state === 'quoted') {
      throw new ContentProblem('quote_not_closed', 'A quote is never closed.', this.quoteLine);
    }
    this.endRow();
    if (this.rows === 0) throw new ContentProblem('empty_file', 'The file is empty.');
    return {
      sha256: this.hash.digest('hex'),
      bytes: this.bytes,
      rows: this.rows - 1,
      delimiter: this.delimiter ?? ',',
    };
  }

  private begin(): void {
    const text = this.held.subarray(0, 3).equals(BOM) ? this.held.subarray(3) : this.held;
    this.delimiter = this.given ?? findDelimiter(text);
    this.code = this.delimiter.charCodeAt(0);
    this.held = Buffer.alloc(0);
    this.walk(text);
  }

  private walk(chunk: Buffer): void {
    this.checkUtf8(chunk);
    for (const byte of chunk) this.step(byte);
  }

  private step(byte: number): void {
    if (byte === NUL) throw this.notUtf8(this.line);
    const newline = byte === CR || (byte === LF && !this.afterCr);
    const secondOfPair = byte === LF && this.afterCr;
    this.afterCr = byte === CR;
    if (newline) this.line++;
    if (this.state === 'quoted') {
      this.rowBytes++;
      if (byte === QUOTE) this.state = 'quote-seen';
      this.checkRowLength();
      return;
    }
    if (secondOfPair) return;
    if (newline) {
      this.endRow();
      return;
    }
    this.rowBytes++;
    this.checkRowLength();
    if (byte === this.code) this.state = 'field-start';
    else if (byte === QUOTE && this.state !== 'plain') {
      if (this.state === 'field-start') this.quoteLine = this.line;
      this.state = 'quoted';
    } else this.state = 'plain';
  }

  private endRow(): void {
    if (this.rowBytes > 0 && ++this.rows > IMPORT_LIMITS.rows + 1) {
      const message = `The file has more than ${IMPORT_LIMITS.rows} rows; split it.`;
      throw new ContentProblem('too_many_rows', message, this.line);
    }
    this.rowBytes = 0;
    this.rowLine = this.line;
    this.state = 'field-start';
  }

  private checkRowLength(): void {
    if (this.rowBytes <= MAX_ROW_BYTES) return;
    const message = 'A row is longer than 1 MiB; a quote may be missing.';
    throw new ContentProblem('row_too_long', message, this.rowLine);
  }

  /** Characters may be cut by the end of a chunk; their beginning waits for the next. */
  private checkUtf8(chunk: Buffer): void {
    const whole = this.cut.length > 0 ? Buffer.concat([this.cut, chunk]) : chunk;
    const end = whole.length - cutOff(whole);
    this.cut = Buffer.from(whole.subarray(end));
    const complete = whole.subarray(0, end);
    if (isUtf8(complete)) return;
    let line = this.line;
    for (let from = 0; from < complete.length; ) {
      const feed = complete.indexOf(LF, from);
      const to = feed < 0 ? complete.length : feed + 1;
      if (!isUtf8(complete.subarray(from, to))) break;
      line++;
      from = to;
    }
    throw this.notUtf8(line);
  }

  private notUtf8(line = this.line): ContentProblem {
    const message = 'This is not text in UTF-8; save the file as CSV (UTF-8).';
    return new ContentProblem('not_utf8', message, line);
  }
}

/** How many bytes at the end are the beginning of a character that goes on. */
function cutOff(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}
